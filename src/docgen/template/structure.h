// A part's tokens with what they are to a template: elements, parents, paragraphs, the rows of tables. Everything that reads a
// part looks here, so that names are compared once. Places are tokens; texts inside deletions count as none (contract, 4.2).
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "docgen/template/xml.h"

namespace docwright::docgen {

enum class Element : std::uint8_t {
    Other,
    BookmarkEnd,
    BookmarkStart,
    Break,  // br and cr
    Cell,
    CommentMark,  // range start, range end and reference
    DataBinding,
    Deletion,        // del and moveFrom
    DrawingNumbers,  // wp:docPr, whatever its prefix
    FieldCharacter,
    FieldCode,  // instrText
    Hyperlink,
    Id,
    NoBreakHyphen,
    Note,  // footnote and endnote, of the part that holds them
    NoteReference,
    PageBreakHint,  // lastRenderedPageBreak
    Paragraph,
    ParagraphProperties,
    Row,
    Run,
    RunProperties,
    Section,  // sectPr
    SimpleField,
    SoftHyphen,
    Structured,            // sdt: a content control
    StructuredProperties,  // sdtPr
    Tab,
    Table,
    Text,
    TextBox,  // txbxContent
};

inline constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

struct Paragraph {
    std::size_t token = 0;           // its start
    std::size_t table = 0, row = 0;  // tokens that start the innermost ones; 0: none
    bool text_box = false;
};

// The rows of each table, and both in the order of the part.
using TableRows = std::map<std::size_t, std::vector<std::size_t>>;

struct Structure {
    std::string_view part;
    std::string prefix;  // of WordprocessingML, with its colon
    std::vector<XmlToken> tokens;
    std::vector<Element> elements;            // of each token
    std::vector<std::uint32_t> parents;       // token that starts the element around; of the root its own
    std::vector<std::uint32_t> paragraph_of;  // innermost; kNoParagraph: none. The start and end of a paragraph belong to it
    std::vector<Paragraph> paragraphs;        // by number - 1
    TableRows rows;

    static constexpr std::uint32_t kNoParagraph = std::numeric_limits<std::uint32_t>::max();

    bool is(std::size_t token, Element element) const { return elements[token] == element; }
    bool starts(std::size_t token, Element element) const {
        return elements[token] == element && (tokens[token].kind == XmlKind::Start || tokens[token].kind == XmlKind::Empty);
    }
    bool ends(std::size_t token, Element element) const { return elements[token] == element && tokens[token].kind == XmlKind::End; }
    // A piece of a run's content: a text, a tab, a drawing …
    bool is_leaf(std::size_t token) const {
        const XmlKind kind = tokens[token].kind;
        return (kind == XmlKind::Start || kind == XmlKind::Empty) && elements[parents[token]] == Element::Run &&
               elements[token] != Element::RunProperties && token != parents[token];
    }
    std::string_view bytes(std::size_t first, std::size_t last) const {  // both included
        return part.substr(tokens[first].begin, tokens[last].end - tokens[first].begin);
    }
    std::string text_in(std::size_t element) const;  // the characters inside it, decoded
    // "table 1, row 2" or "paragraph 7"
    std::string place(std::size_t token) const;
};

// Of a part of WordprocessingML with this prefix.
Structure read_structure(std::string_view part, std::vector<XmlToken> tokens, std::string prefix);

}  // namespace docwright::docgen
