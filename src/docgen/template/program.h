// A template part as a program: bytes that are copied, values that are put between them, tables whose rows repeat, and what is
// shown only if a condition holds. Made by compile(), run by render(). The bytes are those of the part, which outlives the
// program, or of `own`.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "docgen/template/rich_place.h"
#include "docgen/template/tag.h"

namespace docwright::docgen {

enum class StepKind {
    Bytes,    // copied
    Text,     // copied; `plain` is what a reader sees of it, for the formulas of a table
    Value,    // a value tag or ROW_NUMBER, inside a text element
    Code,     // the same inside the code of a field
    Rich,     // a picture, markup or a link: inside a text element, or in place of a paragraph
    Formula,  // over the cells of its table
    Loop,     // body: the rows that repeat for each item
    Table,    // body: rows, loops and the bytes between them
    Row,      // body: cells and the bytes between them
    Cell,     // body: what is in it
    Aside,    // body: a text box, whose text is none of the cell around it
    Decide,   // the decision `index` is made
    When,     // body: shown if one of `guards` holds; if `negated`, none
    Once,     // body: shown in the first copy of a row only
    Number,   // `bytes` in the first copy of a row, another in each further copy
    Note,     // body: a footnote or endnote with the number `bytes`, once for each reference to it
    NoteId,   // the number of the note, inside it
};

// What must be different in each copy of a row.
enum class Numbered { Bookmark, BookmarkName, Drawing, Paragraph, Control, Footnote, Endnote };

struct Step {
    StepKind kind = StepKind::Bytes;
    std::string_view bytes = {};
    std::string plain = {};
    Tag tag = {};                           // Value, Code, Rich, Formula, Loop
    int listed = -1;                        // place of the tag in Program::tags; -1: none
    int column = 0;                         // Cell: its last grid column, from 0
    int index = 0;                          // Decide: of Program::decisions; Once, Number: from 0 to Program::copied
    Numbered numbered = Numbered::Drawing;  // Number, Note
    bool looks_ahead = false;               // Table: has formulas over what comes after them; Formula: is one
    bool negated = false;                   // When
    std::vector<int> guards = {};           // When: of Program::guards
    std::vector<Step> body = {};
    RichPlace place = {};  // Rich
};

enum class Comparison { Holds, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };

// A text that is put together from texts, tags and the results of conditions.
struct OperandPart {
    std::string text = {};
    Tag tag = {};  // where it is one
    bool is_tag = false;
    int decision = -1;  // made in its place: 0 shows `then`, 1 `otherwise`
    std::vector<OperandPart> then = {}, otherwise = {};
};

// Choice 0 if it holds, otherwise 1.
struct Decision {
    Comparison comparison = Comparison::Holds;
    Tag condition = {};  // Holds: of {{If:…}}
    std::vector<OperandPart> left = {}, right = {};
};

// Holds if the decision has come to this choice, and the outer guard holds.
struct Guard {
    int decision = 0;
    int choice = 0;
    int outer = -1;  // -1: none
};

// A tag as the template's author finds it again.
struct TagPlace {
    Tag tag;
    std::string text;                     // as written, braces included
    int paragraph = 0;                    // of the part, from 1
    int table = 0;                        // from 1; 0: in no table
    int row = 0;                          // from 1
    std::string loop;                     // that it belongs to; empty: none
    std::vector<std::string> loops = {};  // all of them, from the outermost to that
    bool in_field = false;                // a native field of Word, or in the code of one
    bool in_text_box = false;
};

// Numbers that a document must hold once, as far as this part has them.
struct UsedNumbers {
    std::uint32_t bookmark = 0, drawing = 0, control = 0, note = 0;  // the largest
    std::vector<std::uint32_t> paragraphs;                           // w14:paraId
};

struct Program {
    Program() = default;
    Program(Program&&) = default;  // a copy's steps would refer to the original's bytes
    Program& operator=(Program&&) = default;

    std::vector<Step> steps;
    std::vector<Decision> decisions;
    std::vector<Guard> guards;
    int copied = 0;  // steps that differ between copies of a row
    UsedNumbers used;
    std::vector<TagPlace> tags;         // in the order of the part
    std::vector<std::string> warnings;  // what the author should mend, each with its place and remedy
    bool plain = false;                 // no WordprocessingML: a line break or a tab of a value is a space
    std::string prefix;                 // of WordprocessingML in this part, with its colon: "w:"
    std::deque<std::string> own;        // bytes that the steps refer to
};

}  // namespace docwright::docgen
