// Columns of text rows: the white strips (gutters) that run down between words, found by sweeping over x.
// Takes rows of one region (build_rows). Gives gutters from left to right; a row may cross a gutter with a text that spans
// columns, and few do. Units: points. Fails: never. Cost: n log n in words.
#pragma once

#include <span>
#include <vector>

#include "extract/tables/page_words.h"

namespace docwright::extract::tables {

struct Gutter {
    double left = 0;
    double right = 0;
    int rows_open = 0;     // rows with text on both sides that leave it white
    int rows_crossed = 0;  // rows with a text that runs over it
    bool drawn = false;    // a vertical line stands in it

    double center() const { return (left + right) / 2; }
    double width() const { return right - left; }
};

// `walls`: places of vertical lines that run through most of the region; each is a gutter, however narrow.
std::vector<Gutter> find_gutters(const PageWords& page, std::span<const TextRow> rows, std::span<const double> walls);

// A text of one row between two gutters, or across some: columns first_column to last_column.
struct Piece {
    int first_column = 0;
    int last_column = 0;
    double left = 0;
    double right = 0;
    std::vector<std::uint32_t> words;
    int table_rows = 1;  // it spans: lift_centered_labels (row_groups.h)
};

// Cuts a row at the gutters it leaves white.
std::vector<Piece> cut_row(const PageWords& page, const TextRow& row, std::span<const Gutter> gutters);

}  // namespace docwright::extract::tables
