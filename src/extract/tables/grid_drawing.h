// What the stage decided, as plain shapes for the debug picture (`--debug tables`): boxes of tables and cells with a label each.
// Units: points, origin top left. In drawing order: a table, then its cells row by row. Fails: never. Cost: linear in cells.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "extract/page/table.h"

namespace docwright::extract {

struct GridShape {
    Box box;
    std::uint32_t color = 0;  // 0xRRGGBB of the outline; cells are tinted with it too
    bool filled = false;
    std::string label;  // table: its two probabilities in per cent, "97/88"; cell: empty
};

std::vector<GridShape> grid_drawing(std::span<const Table> tables);

}  // namespace docwright::extract
