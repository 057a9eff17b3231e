// Elements: what extract/classify/ makes of a page in pass 2, and what extract/output/ and formats/ write.
// A page's elements come in the order of the contract (contract/structure-info.md, 5.1). Ids do not exist yet: an element
// names another by its index in PageElements::elements, and the writer numbers them.
// Text offsets and lengths count Unicode code points. Units of geometry as in page_facts.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "extract/page/block.h"
#include "extract/page/line.h"
#include "extract/page/page_facts.h"
#include "extract/page/table.h"

namespace docwright::extract {

enum class ElementType : std::uint8_t {
    Title,
    Head,
    Paragraph,
    Table,
    Image,
    HeaderFooter,
    Form,
    Hyperlink,
    Footnote,
    Sidebar,
    Annotation,
    Formula
};
enum class ParagraphRole : std::uint8_t { Body, ListItem, Caption, Code, Quote, Toc, Reference, Index, KeyValue };
enum class FurnitureKind : std::uint8_t { Header, Footer, PageNumber, SideNote, Watermark };
enum class FigureType : std::uint8_t { Photo, Chart, Diagram, Drawing, Map, Logo, Stamp, Signature, Barcode, Screenshot, Icon, Other };
enum class Structure : std::uint8_t { Layout, Tagged, Object };
enum class Joiner : std::uint8_t { Space, None, Dehyphenate, Newline };

constexpr int kNoElement = -1;

// A range whose style deviates from the text's own, or that calls a footnote. Links are added by the writer from anchors.
struct Span {
    std::uint32_t start = 0;
    std::uint32_t length = 0;
    StyleIndex style = 0;
    Raised raised = Raised::No;
    bool underline = false;
    bool strikethrough = false;
    int footnote = kNoElement;  // element of the page: the note that this calls
};

struct TextContent {
    std::u32string text;                     // logical order, NFC, ligatures resolved, hyphens resolved (contract 4.2)
    std::vector<std::int32_t> glyphs;        // parallel to text: index into PageFacts::glyphs, -1 for spaces and line ends
    StyleIndex style = 0;                    // of the first run (label, marker and drop cap skipped)
    std::vector<Span> spans;                 // sorted, not overlapping
    std::vector<std::uint32_t> line_starts;  // offsets in text where printed lines begin; the first is 0
    Direction direction = Direction::LeftToRight;
    Align align = Align::Unknown;
};

struct ListFacts {
    int list = 0;                    // number within the document: "list1" is 1; 0: no list item
    std::u32string label;            // as printed; empty for a further paragraph of an item
    std::uint32_t label_length = 0;  // code points of label and gap at the start of the text
    int level = 1;
    bool ordered = false;
    int number = 0;               // value of the label, 0 if it has none
    std::optional<bool> checked;  // check box items
};

// How a part of a running text hangs on the part before and after. Parts lie on one page or on neighbouring pages.
struct ContinuationFacts {
    bool from_previous = false;     // not the first part
    bool to_next = false;           // not the last part
    int previous = kNoElement;      // the part before, if on this page; else it is the open part of the page before
    Joiner joiner = Joiner::Space;  // how it attaches to the part before
};

// A block inside a cell (contract: cells[].paragraphs).
struct CellBlock {
    TextContent text;         // line ends are spaces, hyphens resolved
    std::uint32_t start = 0;  // its range in the cell's text
    std::uint32_t length = 0;
};

struct CellContent {
    TextContent text;               // printed lines joined by "\r\n", hyphens as printed
    std::vector<CellBlock> blocks;  // filled when the text has a line end
    double score = 0;               // that box and text are right
    bool has_text_box = false;
    Box text_box;
};

struct TableContent {
    Table table;
    std::vector<CellContent> cells;  // parallel to table.cells
    // A table that runs over the page break: the writer joins its pieces to one element (contract 5.3).
    bool continues_previous = false;
    bool continues_on_next = false;
    int repeated_header_rows = 0;  // rows at the top that repeat the head of the first piece
    bool continues_row = false;    // the first row is the rest of the last row of the piece before
};

// A range of the text of an element of the page, or of one of its cells or nested paragraphs.
struct Anchor {
    int element = kNoElement;
    int inner = -1;  // index of the cell or nested paragraph inside that element, -1: the element itself
    std::uint32_t start = 0;
    std::uint32_t length = 0;
};

struct Element {
    ElementType type = ElementType::Paragraph;
    Box box;
    double angle = 0;  // of turned text
    double score = 1;
    Structure structure = Structure::Layout;
    TextContent text;  // types with text
    ContinuationFacts continuation;
    int parent = kNoElement;  // table, sidebar or image that visually holds this element

    int level = 0;          // Head: 1 to 6
    std::u32string number;  // Head: printed section number; Formula: "(3)"

    ParagraphRole role = ParagraphRole::Body;
    ListFacts list;
    int caption_of = kNoElement;  // Paragraph with role Caption: the image or table

    TableContent table;  // Table

    Figure figure;  // Image
    FigureType figure_type = FigureType::Other;
    std::string alternate_text;  // Image: from tags

    FurnitureKind furniture = FurnitureKind::Header;  // HeaderFooter
    int repeat_group = 0;                             // "furniture1" is 1; 0: none
    std::string page_label;                           // the printed page number

    std::u32string marker;            // Footnote
    std::uint32_t marker_length = 0;  // code points of marker and gap at the start of the text
    bool endnote = false;
    int note_of = kNoElement;  // Footnote below a table that calls it: that table

    std::vector<Element> paragraphs;  // Sidebar: nested, in order
    bool bordered = false;
    bool shaded = false;
    std::uint32_t background = 0xFFFFFF;

    int object = -1;  // Form: index into DocumentFacts::fields; Hyperlink: into PageFacts::links; Annotation: into PageFacts::annotations
    bool link_from_text = false;  // Hyperlink: a printed address without a link object; then `link` holds it
    Link link;
    std::vector<Anchor> anchors;     // Hyperlink: its words; Annotation: the marked words
    std::vector<int> replies;        // Annotation: indexes into PageFacts::annotations, in order of time
    int label_element = kNoElement;  // Form: the paragraph that labels it
    std::u32string label_text;
};

// Glyphs, images … of a page that ended in no element, with the reason (contract 6.5).
enum class LeftOutKind : std::uint8_t { Glyph, OcrCharacter, Image, Annotation, Link, Widget };
struct LeftOut {
    LeftOutKind kind = LeftOutKind::Glyph;
    std::string reason;  // wire word: "hidden.sameColor", "duplicate", "popup" …
    int count = 0;
    bool has_box = false;
    Box box;
    std::u32string text;
    std::string subtype;
    int owner = kNoElement;  // element of the page
};

struct PageWarning {
    std::string code;  // contract, section 8
    std::string message;
};

struct PageElements {
    std::vector<Element> elements;  // in the order of contract 5.1
    std::vector<LeftOut> left_out;
    std::vector<PageWarning> warnings;
    std::string language = "und";  // BCP 47
};

}  // namespace docwright::extract
