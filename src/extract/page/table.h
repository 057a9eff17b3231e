// Tables: what extract/tables/ finds on one page. Units as in page_facts.h.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/page/geometry.h"

namespace docwright::extract {

// A piece of a line that stands in one cell: words [first_word, first_word + word_count) of a line of the page.
struct CellText {
    std::uint32_t line = 0;
    std::uint32_t first_word = 0;
    std::uint32_t word_count = 0;
};

enum class CellKind : std::uint8_t { Content, ColumnHeader, RowHeader, StubHead, SectionHeader };

struct Cell {
    int row = 0;  // top-left position, from 0
    int column = 0;
    int row_span = 1;
    int column_span = 1;
    Box box;                     // up to its rulings, or to the middle of the column gap
    std::vector<CellText> text;  // in reading order: top to bottom, left to right
    CellKind kind = CellKind::Content;
    bool has_background = false;
    std::uint32_t background = 0xFFFFFF;
};

enum class TableRuling : std::uint8_t { Full, Partial, None };

struct Table {
    Box box;  // outer rulings included
    int row_count = 0;
    int column_count = 0;
    int header_row_count = 0;
    int header_column_count = 0;
    std::vector<Cell> cells;           // row by row; every grid position is covered exactly once, empty cells included
    std::vector<double> column_edges;  // column_count + 1, ascending
    std::vector<double> row_edges;     // row_count + 1, ascending
    TableRuling ruling = TableRuling::None;
    double score = 0;            // probability that it is a table
    double structure_score = 0;  // probability that the grid is right
    bool from_tags = false;
};

}  // namespace docwright::extract
