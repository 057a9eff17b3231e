#include "extract/tables/aligned.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "extract/tables/columns.h"
#include "extract/tables/mesh.h"
#include "extract/tables/row_groups.h"
#include "extract/tables/row_kind.h"

namespace docwright::extract::tables {
namespace {

constexpr double kThroughShare = 0.6;  // of the region's extent: a line that long parts all columns or all rows
constexpr double kWholeShare = 0.95;   // a line that long is no rule below a spanning head
constexpr double kValueRows = 0.5;     // of the rows hold values: a table of values
constexpr double kCenteredEm = 0.8;    // a spanning head stands in the middle of its columns, but for rounding and its spaces

bool crosses(const Ruling& ruling, const Box& box) {
    const bool level = ruling.axis == Axis::Horizontal;
    const double low = level ? box.top : box.left;
    const double high = level ? box.bottom : box.right;
    const double from = level ? box.left : box.top;
    const double to = level ? box.right : box.bottom;
    return ruling.position >= low - kSnap && ruling.position <= high + kSnap && std::min(ruling.to, to) > std::max(ruling.from, from);
}

std::vector<double> walls_through(const Region& region) {
    std::vector<double> places;
    for (const Ruling& ruling : region.vertical) places.push_back(ruling.position);
    std::sort(places.begin(), places.end());
    std::vector<double> walls;
    for (double place : places) {
        if (!walls.empty() && place - walls.back() <= kSnap) continue;
        if (drawn_share(region.vertical, place, region.box.top, region.box.bottom) >= kThroughShare) walls.push_back(place);
    }
    return walls;
}

// Place of the line between two rows that runs through most of the columns, or none.
bool line_between(const Region& region, const Box& above, const Box& below, double left, double right) {
    for (const Ruling& ruling : region.horizontal) {
        if (ruling.position < above.center_y() || ruling.position > below.center_y()) continue;
        if (drawn_share(region.horizontal, ruling.position, left, right) >= kThroughShare) return true;
    }
    return false;
}

std::vector<double> column_edges_of(const std::vector<Gutter>& gutters, const std::vector<CutRow>& rows, const Region& region) {
    double left = 1e9;
    double right = -1e9;
    for (const CutRow& row : rows) {
        left = std::min(left, row.box.left);
        right = std::max(right, row.box.right);
    }
    for (const Ruling& ruling : region.horizontal) {
        left = std::min(left, std::max(ruling.from, region.box.left));
        right = std::max(right, std::min(ruling.to, region.box.right));
    }
    std::vector<double> edges{left};
    for (const Gutter& gutter : gutters) edges.push_back(gutter.center());
    edges.push_back(right);
    return edges;
}

// The edge between two table rows: the line drawn there, else the middle of the white.
double edge_between(const Region& region, const Box& above, const Box& below) {
    for (const Ruling& ruling : region.horizontal)
        if (ruling.position >= above.center_y() && ruling.position <= below.center_y()) return ruling.position;
    return (above.bottom + below.top) / 2;
}

std::vector<double> row_edges_of(const Region& region, const std::vector<CutRow>& rows, const std::vector<int>& first) {
    std::vector<double> edges{std::min(rows.front().box.top, region.box.top)};
    Box above = rows.front().box;
    for (std::size_t row = 1, group = 1; row < rows.size(); ++row) {
        if (group < first.size() && static_cast<int>(row) == first[group]) {
            edges.push_back(std::max(edges.back(), edge_between(region, above, rows[row].box)));
            above = rows[row].box;
            ++group;
        }
        above = joined(above, rows[row].box);
    }
    edges.push_back(std::max(rows.back().box.bottom, region.box.bottom));
    return edges;
}

// Columns under a partial line just below a spanning head.
bool widen_by_line(const Region& region, Piece& piece, const Box& row, const std::vector<double>& edges, int free_first, int free_last) {
    for (const Ruling& ruling : region.horizontal) {
        if (ruling.position < row.center_y() || ruling.position > row.bottom + row.height()) continue;
        if (ruling.from > piece.left + kSnap || ruling.to < piece.right - kSnap) continue;
        if (ruling.to - ruling.from >= kWholeShare * (edges.back() - edges.front())) continue;
        int first = piece.first_column;
        int last = piece.last_column;
        auto middle = [&](int column) {
            return (edges[static_cast<std::size_t>(column)] + edges[static_cast<std::size_t>(column) + 1]) / 2;
        };
        while (first > 0 && middle(first - 1) > ruling.from) --first;
        while (last + 2 < static_cast<int>(edges.size()) && middle(last + 1) < ruling.to) ++last;
        if (first < free_first || last > free_last) continue;  // the line runs below several heads
        piece.first_column = first;
        piece.last_column = last;
        return true;
    }
    return false;
}

// Text extents of a column range in the rows below.
std::pair<double, double> extent_below(const std::vector<CutRow>& rows, std::size_t row, int first, int last) {
    double left = 1e9;
    double right = -1e9;
    for (std::size_t i = row + 1; i < rows.size(); ++i) {
        for (const Piece& piece : rows[i].pieces) {
            if (piece.first_column < first || piece.last_column > last) continue;
            left = std::min(left, piece.left);
            right = std::max(right, piece.right);
        }
    }
    return {left, right};
}

// A head over a group of columns that it does not reach over: it stands in the middle of the group, and its neighbours are free.
void widen_by_center(Piece& piece, const std::vector<CutRow>& rows, std::size_t row, int free_first, int free_last, double size) {
    int best_first = piece.first_column;
    int best_last = piece.last_column;
    double best = kCenteredEm * size;
    const double center = (piece.left + piece.right) / 2;
    for (int first = free_first; first <= piece.first_column; ++first) {
        for (int last = piece.last_column; last <= free_last; ++last) {
            if (last == first) continue;
            const auto [left, right] = extent_below(rows, row, first, last);
            const double off = std::abs((left + right) / 2 - center);
            if (off < best) {
                best = off;
                best_first = first;
                best_last = last;
            }
        }
    }
    piece.first_column = best_first;
    piece.last_column = best_last;
}

void widen_heads(const Region& region, std::vector<CutRow>& rows, std::size_t head_rows, const std::vector<double>& edges) {
    const int columns = static_cast<int>(edges.size()) - 1;
    for (std::size_t row = 0; row < head_rows && row + 1 < rows.size(); ++row) {
        std::vector<Piece>& pieces = rows[row].pieces;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const int free_first = i == 0 ? std::min(1, pieces[i].first_column) : pieces[i - 1].last_column + 1;
            const int free_last = i + 1 == pieces.size() ? columns - 1 : pieces[i + 1].first_column - 1;
            if (widen_by_line(region, pieces[i], rows[row].box, edges, i == 0 ? 0 : free_first, free_last)) continue;
            if (row + 1 < head_rows && pieces[i].first_column > 0 && free_last > free_first)
                widen_by_center(pieces[i], rows, row, free_first, free_last, rows[row].size);
        }
    }
}

void add_cells(Draft& draft, const std::vector<CutRow>& rows, const std::vector<int>& first) {
    for (std::size_t group = 0; group < first.size(); ++group) {
        const std::size_t end = group + 1 < first.size() ? static_cast<std::size_t>(first[group + 1]) : rows.size();
        std::vector<DraftCell> cells;
        for (auto row = static_cast<std::size_t>(first[group]); row < end; ++row) {
            for (const Piece& piece : rows[row].pieces) {
                DraftCell cell{.row = static_cast<int>(group),
                               .column = piece.first_column,
                               .column_span = piece.last_column - piece.first_column + 1,
                               .words = piece.words};
                // Texts of one table row that share a column are one cell, as wide as both.
                for (auto other = cells.begin(); other != cells.end();) {
                    const int from = std::max(cell.column, other->column);
                    const int to = std::min(cell.column + cell.column_span, other->column + other->column_span);
                    if (from >= to) {
                        ++other;
                        continue;
                    }
                    const int last = std::max(cell.column + cell.column_span, other->column + other->column_span);
                    cell.column = std::min(cell.column, other->column);
                    cell.column_span = last - cell.column;
                    cell.words.insert(cell.words.begin(), other->words.begin(), other->words.end());
                    other = cells.erase(other);
                }
                cells.push_back(std::move(cell));
            }
        }
        draft.cells.insert(draft.cells.end(), cells.begin(), cells.end());
    }
    complete_cells(draft);
}

// Text rows below the last row of values of a table of values are notes, unless a line closes the table below them.
void drop_notes(const Region& region, const PageWords& page, std::vector<CutRow>& rows) {
    const auto with_values = std::count_if(rows.begin(), rows.end(), [&](const CutRow& row) { return has_values(page, row); });
    if (static_cast<double>(with_values) < kValueRows * static_cast<double>(rows.size())) return;
    auto closed_below = [&](const CutRow& row) {
        return std::any_of(region.horizontal.begin(), region.horizontal.end(),
                           [&](const Ruling& ruling) { return ruling.position > row.box.center_y(); });
    };
    while (!has_values(page, rows.back()) && !closed_below(rows.back())) rows.pop_back();
}

// The rows of the region without captions, notes and running text at either end; the region's box shrinks with them.
std::vector<TextRow> table_rows(Region& region, const PageWords& page) {
    std::vector<TextRow> rows = build_rows(page, region.words, kSegmentGapEm);
    auto outside = [&](const TextRow& row) {
        return is_caption(page, row) || (row.segments.size() == 1 && row_kind(page, row) == RowKind::Break);
    };
    while (!rows.empty() && outside(rows.front())) {
        region.box.top = rows.front().box.bottom;
        rows.erase(rows.begin());
    }
    while (!rows.empty() && outside(rows.back())) {
        region.box.bottom = rows.back().box.top;
        rows.pop_back();
    }
    return rows;
}

}  // namespace

Region region_of(Proposer proposer, const Box& box, const PageWords& page, std::span<const Ruling> rulings) {
    Region region{.proposer = proposer, .box = box, .words = words_inside(page, box)};
    for (const Ruling& ruling : rulings)
        if (crosses(ruling, box)) (ruling.axis == Axis::Horizontal ? region.horizontal : region.vertical).push_back(ruling);
    return region;
}

std::optional<Draft> draft_aligned(const Region& given, const PageWords& page) {
    Region region = given;
    const std::vector<TextRow> text = table_rows(region, page);
    if (text.size() < 2) return {};
    const std::vector<Gutter> gutters = find_gutters(page, text, walls_through(region));
    if (gutters.empty()) return {};
    std::vector<CutRow> rows;
    for (const TextRow& row : text)
        rows.push_back({.pieces = cut_row(page, row, gutters), .box = row.box, .baseline = row.baseline, .size = row.size});
    drop_notes(region, page, rows);
    if (rows.size() < 2) return {};
    region.box.bottom = rows.size() < text.size() ? rows.back().box.bottom : region.box.bottom;
    Draft draft{.proposer = region.proposer, .column_edges = column_edges_of(gutters, rows, region)};
    for (std::size_t i = 0; i + 1 < rows.size(); ++i)
        rows[i].ruled_below = line_between(region, rows[i].box, rows[i + 1].box, draft.column_edges.front(), draft.column_edges.back());
    RowGroups groups = group_rows(page, rows, draft.columns());
    const std::size_t head_rows = groups.header_groups < static_cast<int>(groups.first.size())
                                      ? static_cast<std::size_t>(groups.first[static_cast<std::size_t>(groups.header_groups)])
                                      : 0;
    widen_heads(region, rows, head_rows, draft.column_edges);
    groups = group_rows(page, rows, draft.columns());
    draft.row_edges = row_edges_of(region, rows, groups.first);
    draft.header_rows = groups.header_groups;
    add_cells(draft, rows, groups.first);
    fill_cells(draft, page);
    tidy_edges(draft);
    return draft;
}

}  // namespace docwright::extract::tables
