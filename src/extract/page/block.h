// Blocks in reading order: what extract/layout/ makes of a page's lines, tables, images and drawings. Units as in page_facts.h.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/page/geometry.h"

namespace docwright::extract {

enum class BlockKind : std::uint8_t { Text, Table, Figure };
enum class Align : std::uint8_t { Left, Right, Center, Justify, Unknown };

// A picture on the page: neighbouring images and drawings that belong together, with the text inside them.
struct Figure {
    Box box;
    std::vector<std::uint32_t> images;    // indexes into PageFacts::images
    std::vector<std::uint32_t> drawings;  // indexes into PageFacts::drawings
    std::vector<std::uint32_t> lines;     // text inside (axis labels …), in reading order
};

// A boxed or shaded area that sets text apart from the running text; a candidate for a sidebar.
struct Frame {
    Box box;
    bool bordered = false;
    bool shaded = false;
    std::uint32_t background = 0xFFFFFF;
};

// Lines of one paragraph, heading, item or caption; or a table; or a figure. In one column of one page.
struct Block {
    BlockKind kind = BlockKind::Text;
    Box box;
    std::vector<std::uint32_t> lines;  // Text: indexes into AnalysedPage::lines, in reading order
    std::uint32_t item = 0;            // Table, Figure: index into AnalysedPage::tables or figures
    int frame = -1;                    // index into AnalysedPage::frames, -1: none
    int band = 0;                      // horizontal band of the page, from the top
    int column = 0;                    // column in its band, from the first in reading direction
    Align align = Align::Unknown;
    double leading = 0;       // median distance of baselines, 0 for one line
    double first_indent = 0;  // of the first line against the others (or against the column)
    double space_above = 0;   // white up to the block or edge above in its column
    double space_below = 0;
    Box column_box;             // the column it stands in
    bool line_numbers = false;  // numbers in the margin that count the lines of the text
};

}  // namespace docwright::extract
