// What one page tells the rest of the document: small enough to be kept for every page while the pages themselves are on
// scratch (a few kilobytes a page). Units as in page_facts.h.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "extract/page/geometry.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

// A style across pages: the size rounded to a tenth of a point, so that equal looks compare equal.
struct StyleKey {
    FontIndex font = 0;
    int size_tenths = 0;
    std::uint32_t color = 0;
    friend auto operator<=>(const StyleKey&, const StyleKey&) = default;
};

// A block near an edge of the page that may be furniture.
struct EdgeBlock {
    std::uint32_t block = 0;  // index into AnalysedPage::blocks
    std::u32string masked;    // text with digits and roman numerals masked, first 80 code points
    std::u32string text;      // first 80 code points
    Box box;
    bool at_top = false;
    StyleKey style;
    double size = 0;
    double white = 0;        // to what stands next towards the middle of the page
    bool ruled_off = false;  // a ruling stands in that white
    bool alone = true;       // nothing of the body stands beside or outside it
    bool artifact = false;   // marked as Artifact in a tagged file
    bool italic = false;
    bool bold = false;
    bool caption_like = false;
    std::uint32_t words = 0;
    std::uint32_t lines = 0;
};

// A block that may be a title or a heading.
struct HeadCandidate {
    std::uint32_t block = 0;
    StyleKey style;
    std::u32string text;    // first 120 code points
    std::u32string number;  // printed section number, empty if none
    bool bold = false;
    bool italic = false;
    bool upper_case = false;
    bool underlined = false;
    bool centered = false;
    double space_above = 0;
    double space_below = 0;
    Box box;
    int tag_level = 0;     // 1 to 6 from an H1 … H6 tag, 0: none
    bool tagged = false;   // the page is tagged and calls the block something, if not a heading
    int number_depth = 0;  // parts of the section number: 2 for "2.1"
    std::uint32_t words = 0;
    std::uint32_t letters = 0;
    std::uint32_t lines = 0;
    double leading = 0;  // of its lines, 0 for one
    bool ends_sentence = false;
    bool ends_comma = false;
    bool key_value = false;
    bool bullet = false;  // starts with a bullet or a lower-case label
    bool item = false;    // starts with a number as list items do, and a neighbour counts on
    bool caption_like = false;
    bool leaders = false;
    bool starts_lower = false;
    bool fills_column = false;  // its last line reaches the far edge
    bool before_text = false;   // running text, a table, a list or another candidate follows in its column
    bool in_frame = false;
    bool beside_other = false;  // one of several lines side by side
};

// Enough of a page's first or last table to tell whether it goes on over the page break.
struct TableEdge {
    std::uint32_t table = 0;  // index into AnalysedPage::tables
    Box box;
    std::vector<double> column_edges;
    std::vector<std::u32string> header_cells;  // texts of the header rows, row by row
    int header_row_count = 0;
    std::vector<std::vector<std::u32string>> first_rows;  // texts of up to three rows, to find a repeated head
    bool reaches_top = false;                             // nothing but furniture above
    bool reaches_bottom = false;                          // nothing but furniture and notes below
    bool captioned = false;
};

// The text at the start or end of a page's body, to tell whether a paragraph runs on.
struct TextEdge {
    bool exists = false;
    std::uint32_t block = 0;
    StyleKey style;
    bool ends_sentence = false;
    bool ends_with_hyphen = false;
    bool starts_lower = false;
    bool fills_line = false;  // its last line reaches the column's far edge
    bool list_item = false;
    bool indented = false;  // its first line is indented
};

struct PageSummary {
    int page_index = 0;
    double width = 0;
    double height = 0;
    std::map<StyleKey, std::uint32_t> glyphs_by_style;
    Box text_area;  // of the blocks that are not near an edge
    std::map<std::string, std::uint32_t> glyphs_by_language;
    std::uint32_t glyph_count = 0;
    double median_leading = 0;
    std::vector<EdgeBlock> edges;
    std::vector<HeadCandidate> heads;
    std::vector<TableEdge> table_edges;  // the first and the last table
    TextEdge first_text;
    TextEdge last_text;
    bool tagged = false;      // the page's tags cover its text
    bool only_edges = false;  // no text but that of `edges`
};

}  // namespace docwright::extract
