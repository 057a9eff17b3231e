// The block stream: what a document says, in reading order, without its pages. Every text form of a result (Markdown, HTML,
// plain text) is written from it; a writer only changes the dress (contract/structure-info.md, section 9).
// Text is in code points; ids are those of StructureInfo.json.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace docwright::formats {

// Characters with the same marks.
struct Run {
    std::u32string text;
    bool bold = false;
    bool italic = false;
    bool superscript = false;
    bool subscript = false;
    bool strikethrough = false;
    bool code = false;
    std::string link;     // address that may be followed: http, https, mailto, tel
    std::string element;  // target inside the document: id of an element
    int note = 0;         // a call of this footnote; the text is its number
    std::string latex;
};
using Runs = std::vector<Run>;

struct Block;

struct ListItem {
    std::u32string label;  // as printed
    bool ordered = false;  // the label is the decimal number below
    int number = 0;
    std::optional<bool> checked;
    int level = 1;
    std::string id;
    std::vector<Runs> paragraphs;
};

struct TableCell {
    int row = 0;
    int column = 0;
    int row_span = 1;
    int column_span = 1;
    std::string kind;           // word of the contract
    std::vector<Runs> lines;    // one for each block of the cell
    std::vector<Block> nested;  // elements inside the cell
};

struct FieldLine {
    std::u32string label;
    std::u32string value;
    std::optional<bool> checked;  // a check box
};

enum class BlockKind { Title, Head, Paragraph, Quote, Code, Contents, List, Table, Image, Formula, Footnote, Sidebar, Fields, PageStart };

struct Block {
    BlockKind kind = BlockKind::Paragraph;
    std::string id;
    Runs runs;       // Title, Head, Paragraph, Quote, Code, Contents, Footnote
    int depth = 1;   // Head: 1 to 6, a title counts
    int number = 0;  // Footnote: from 1; PageStart: page number
    std::vector<ListItem> items;
    int row_count = 0;  // Table
    int column_count = 0;
    int header_rows = 0;
    std::vector<TableCell> cells;
    Runs caption;
    bool caption_first = true;  // printed before the table or image
    std::string caption_id;
    std::string file;               // Image, Formula
    std::u32string alternate_text;  // Image, Formula
    std::string latex;              // Formula
    std::u32string formula_number;
    std::vector<Block> blocks;  // Sidebar
    std::vector<FieldLine> fields;
};

// Where text goes, piece by piece.
using TextSink = std::function<Status(std::string_view)>;

using BlockSink = std::function<Status(const Block&)>;

struct TextFormOptions {
    bool pages = false;      // page starts are marked
    bool furniture = false;  // running headers and footers stay
    bool comments = false;   // annotations become quotes
};

}  // namespace docwright::formats
