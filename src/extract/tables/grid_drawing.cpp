#include "extract/tables/grid_drawing.h"

#include <cmath>

namespace docwright::extract {
namespace {

constexpr std::uint32_t kTableColor = 0xD02020;
constexpr std::uint32_t kEmptyColor = 0x909090;

std::uint32_t color_of(CellKind kind) {
    switch (kind) {
        case CellKind::Content: return 0x20A020;
        case CellKind::ColumnHeader: return 0xE08000;
        case CellKind::RowHeader: return 0x2070D0;
        case CellKind::StubHead: return 0xC020C0;
        case CellKind::SectionHeader: return 0x807000;
    }
    return kEmptyColor;
}

std::string per_cent(double probability) { return std::to_string(std::lround(100 * probability)); }

}  // namespace

std::vector<GridShape> grid_drawing(std::span<const Table> tables) {
    std::vector<GridShape> shapes;
    for (const Table& table : tables) {
        shapes.push_back({.box = table.box, .color = kTableColor, .label = per_cent(table.score) + "/" + per_cent(table.structure_score)});
        for (const Cell& cell : table.cells)
            shapes.push_back({.box = cell.box, .color = cell.text.empty() ? kEmptyColor : color_of(cell.kind), .filled = true});
    }
    return shapes;
}

}  // namespace docwright::extract
