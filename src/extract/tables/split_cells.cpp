#include "extract/tables/split_cells.h"

#include <algorithm>
#include <cstddef>

namespace docwright::extract::tables {
namespace {

// Inner edges of the cell at which it can be cut: on no line a text runs over them, and some line has text on both sides.
std::vector<int> cuts_of(const Draft& draft, const DraftCell& cell, const PageWords& page) {
    std::vector<int> cuts;
    const std::vector<TextRow> lines = build_rows(page, cell.words, kSegmentGapEm);
    for (int edge = cell.column + 1; edge < cell.column + cell.column_span; ++edge) {
        const double x = draft.column_edges[static_cast<std::size_t>(edge)];
        bool crossed = false;
        bool both_sides = false;
        for (const TextRow& line : lines) {
            for (const Segment& segment : line.segments) crossed = crossed || (segment.left < x && segment.right > x);
            both_sides = both_sides || (line.segments.front().right <= x && line.segments.back().left >= x);
        }
        if (!crossed && both_sides) cuts.push_back(edge);
    }
    return cuts;
}

}  // namespace

void split_cells_at_white(Draft& draft, const PageWords& page) {
    std::vector<DraftCell> cells;
    for (DraftCell& cell : draft.cells) {
        const std::vector<int> cuts = cell.column_span > 1 && cell.words.size() > 1 ? cuts_of(draft, cell, page) : std::vector<int>{};
        if (cuts.empty()) {
            cells.push_back(std::move(cell));
            continue;
        }
        int from = cell.column;
        const int end = cell.column + cell.column_span;
        for (std::size_t i = 0; i <= cuts.size(); ++i) {
            const int to = i < cuts.size() ? cuts[i] : end;
            cells.push_back({.row = cell.row, .column = from, .row_span = cell.row_span, .column_span = to - from});
            const double left = draft.column_edges[static_cast<std::size_t>(from)];
            const double right = draft.column_edges[static_cast<std::size_t>(to)];
            for (std::uint32_t index : cell.words) {
                const double x = page.words[index].box.center_x();
                if ((x >= left || from == cell.column) && (x < right || to == end)) cells.back().words.push_back(index);
            }
            from = to;
        }
    }
    draft.cells = std::move(cells);
    complete_cells(draft);
}

}  // namespace docwright::extract::tables
