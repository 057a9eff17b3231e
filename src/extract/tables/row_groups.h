// Which text rows of a table are one table row: lines of wrapped cells, heads of several lines, labels set lower or higher than
// their values. Takes the rows cut at the gutters and the lines drawn between them. Units: points. Fails: never. Cost: linear.
#pragma once

#include <span>
#include <vector>

#include "extract/tables/columns.h"

namespace docwright::extract::tables {

struct CutRow {
    std::vector<Piece> pieces;
    Box box;
    double baseline = 0;
    double size = 0;
    bool ruled_below = false;  // a line runs through most of the region between this row and the next
};

struct RowGroups {
    std::vector<int> first;  // index of the first text row of each table row, ascending, from 0
    int header_groups = 0;   // leading table rows above the first row of values, 0 if that cannot be told
};

// A label set half way between two rows of other columns (a head of the stub beside heads of two levels, a name beside two rows
// of values) goes up to the first of them and spans both.
std::vector<CutRow> lift_centered_labels(std::vector<CutRow> rows);

// A row whose texts beside the first column are mostly numbers that are no years.
bool has_values(const PageWords& page, const CutRow& row);

RowGroups group_rows(const PageWords& page, std::span<const CutRow> rows, int columns);

}  // namespace docwright::extract::tables
