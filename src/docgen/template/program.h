// A template part as a program: bytes that are copied, values that are put between them, tables whose rows repeat.
// Made by compile(), run by render(). The bytes are those of the part, which outlives the program, or of `own`.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "docgen/template/tag.h"

namespace docwright::docgen {

enum class StepKind {
    Bytes,    // copied
    Text,     // copied; `plain` is what a reader sees of it, for the formulas of a table
    Value,    // a value tag or ROW_NUMBER, inside a text element
    Formula,  // over the cells rendered so far
    Loop,     // body: the rows that repeat for each item
    Table,    // body: rows, loops and the bytes between them
    Row,      // body: cells and the bytes between them
    Cell,     // body: what is in it
};

struct Step {
    StepKind kind = StepKind::Bytes;
    std::string_view bytes = {};
    std::string plain = {};
    Tag tag = {};    // Value, Formula, Loop
    int column = 0;  // Cell: its last grid column, from 0
    std::vector<Step> body = {};
};

// A tag as the template's author finds it again.
struct TagPlace {
    Tag tag;
    std::string text;   // as written, braces included
    int paragraph = 0;  // of the part, from 1
    int table = 0;      // from 1; 0: in no table
    int row = 0;        // from 1
    std::string loop;   // that it belongs to; empty: none
};

struct Program {
    Program() = default;
    Program(Program&&) = default;  // a copy's steps would refer to the original's bytes
    Program& operator=(Program&&) = default;

    std::vector<Step> steps;
    std::vector<TagPlace> tags;         // in the order of the part
    std::vector<std::string> warnings;  // what the author should mend, each with its place and remedy
    std::string prefix;                 // of WordprocessingML in this part, with its colon: "w:"
    std::deque<std::string> own;        // bytes that the steps refer to
};

}  // namespace docwright::docgen
