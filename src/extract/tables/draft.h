// A table as a proposer draws it: edges, cells with spans, and which words stand in which cell. Several drafts may claim the
// same words; judge.h decides between them and to_table makes the winner a Table.
// Units: points, origin top left. Rows and columns count from 0. Holds after fill_cells: cells tile the grid exactly, row by row,
// and each word whose centre lies in the box is in exactly one cell. Fails: never. Cost: linear in cells and words inside.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "extract/page/table.h"
#include "extract/tables/page_words.h"

namespace docwright::extract::tables {

enum class Proposer : std::uint8_t { Ruled, HalfRuled, Unruled, Tags };

struct DraftCell {
    int row = 0;
    int column = 0;
    int row_span = 1;
    int column_span = 1;
    std::vector<std::uint32_t> words;  // indexes into PageWords::words; reading order after fill_cells
    CellKind kind = CellKind::Content;
};

struct Draft {
    Proposer proposer = Proposer::Unruled;
    std::vector<double> column_edges;  // ascending, at least 2
    std::vector<double> row_edges;
    std::vector<DraftCell> cells;
    int header_rows = 0;
    int header_columns = 0;
    double wall_share = 0;  // of the cell borders inside the grid that are drawn, 0 to 1

    int rows() const { return static_cast<int>(row_edges.size()) - 1; }
    int columns() const { return static_cast<int>(column_edges.size()) - 1; }
    Box box() const { return {column_edges.front(), row_edges.front(), column_edges.back(), row_edges.back()}; }
    Box cell_box(const DraftCell& cell) const;
};

// Grid position (row × columns + column) → index of the cell that covers it, -1 for none.
std::vector<int> cell_owners(const Draft& draft);

// A cell of one row and one column for each position that no cell covers; then all cells row by row.
void complete_cells(Draft& draft);

// Gives each word inside the box that no cell has yet to the cell its centre lies in, and orders the words of every cell.
void fill_cells(Draft& draft, const PageWords& page);

// Takes out edges at which no cell begins or ends, and outer rows and columns without any word.
void tidy_edges(Draft& draft);

Table to_table(const Draft& draft, const PageWords& page, const PageFacts& facts);

}  // namespace docwright::extract::tables
