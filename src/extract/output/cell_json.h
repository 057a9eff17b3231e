// One cell of a table as JSON, in a form that can still grow when its row goes on on the next page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/output/writing.h"

namespace docwright::extract {

struct WrittenCell {
    int row = 0;  // in the whole table
    int column = 0;
    int row_span = 1;
    int column_span = 1;
    int number = 0;  // of its paragraph
    std::u32string text;
    std::string style;  // JSON, and the items of lists
    std::string spans;
    std::string lines;
    std::string blocks;
    std::string contained;
    std::vector<std::string> regions;
    std::string text_region;
    double score = 0;
    CellKind kind = CellKind::Content;
    Align align = Align::Unknown;
    std::string_view vertical_align;  // as on the wire; empty: cannot be told
    bool has_background = false;
    std::uint32_t background = 0;
};

// The cell of the page's table, its offsets moved by `shift`. Row and number are left to the caller.
WrittenCell written_cell(Writing& writing, PageDraft& draft, int index, int cell, std::uint32_t shift);

// How far the text of what follows is moved when it is put behind `cell`.
std::uint32_t shift_behind(const WrittenCell& cell);

// Puts the rest of a cut row's cell, made with shift_behind(cell), behind it.
void append_rest(WrittenCell& cell, WrittenCell rest);

void write_cell(JsonText& json, const WrittenCell& cell);

}  // namespace docwright::extract
