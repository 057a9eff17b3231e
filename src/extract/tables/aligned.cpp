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
constexpr double kCenteredEm = 1;      // a spanning head stands in the middle of its columns, but for rounding and ragged columns
constexpr double kFarOff = 4;          // em: farther from the middle is not worse
constexpr double kNoHead = 1.5;        // em of distance that a column without a head above its own counts
constexpr int kMostCentered = 60;      // columns; wider tables name their groups by rules

bool crosses(const Ruling& ruling, const Box& box) {
    const bool level = ruling.axis == Axis::Horizontal;
    const double low = level ? box.top : box.left;
    const double high = level ? box.bottom : box.right;
    const double from = level ? box.left : box.top;
    const double to = level ? box.right : box.bottom;
    return ruling.position >= low - kSnap && ruling.position <= high + kSnap && std::min(ruling.to, to) > std::max(ruling.from, from);
}

std::vector<double> walls_through(const Region& region) {
    std::vector<double> walls;
    for (const Ruling& ruling : region.vertical) {
        if (!walls.empty() && ruling.position - walls.back() <= kSnap) continue;
        if (drawn_share(region.vertical, ruling.position, ruling.position + kSnap, region.box.top, region.box.bottom) >= kThroughShare)
            walls.push_back(ruling.position);
    }
    return walls;
}

// Do lines between the two rows run through most of the columns?
bool line_between(const Region& region, const Box& above, const Box& below, double left, double right) {
    return drawn_share(region.horizontal, above.center_y(), below.center_y(), left, right) >= kThroughShare;
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
    const auto ruling = std::partition_point(region.horizontal.begin(), region.horizontal.end(),
                                             [&](const Ruling& at) { return at.position < above.center_y(); });
    if (ruling != region.horizontal.end() && ruling->position <= below.center_y()) return ruling->position;
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

struct Span {
    double left = 1e9;
    double right = -1e9;
};

// Text extents of each column in the rows below.
std::vector<Span> extents_below(const std::vector<CutRow>& rows, std::size_t row, std::size_t columns) {
    std::vector<Span> extents(columns);
    for (std::size_t i = row + 1; i < rows.size(); ++i) {
        for (const Piece& piece : rows[i].pieces) {
            if (piece.first_column != piece.last_column) continue;
            Span& extent = extents[static_cast<std::size_t>(piece.first_column)];
            extent.left = std::min(extent.left, piece.left);
            extent.right = std::max(extent.right, piece.right);
        }
    }
    return extents;
}

// How far from the middle of columns first to last a head stands.
double off_center(const Piece& piece, const std::vector<Span>& extents, int first, int last) {
    Span all;
    for (int column = first; column <= last; ++column) {
        all.left = std::min(all.left, extents[static_cast<std::size_t>(column)].left);
        all.right = std::max(all.right, extents[static_cast<std::size_t>(column)].right);
    }
    return all.right < all.left ? 1e9 : std::abs((all.left + all.right) / 2 - (piece.left + piece.right) / 2);
}

// Heads over groups of columns that they do not reach over: each stands in the middle of its group, and the groups leave no
// column beside the stub without a head. The division with the least sum of distances from the middles.
void widen_by_centers(std::vector<CutRow>& rows, std::size_t row, int columns) {
    std::vector<Piece>& pieces = rows[row].pieces;
    std::vector<char> below(static_cast<std::size_t>(columns), 0);  // has a head in the next row
    for (const Piece& piece : rows[row + 1].pieces)
        for (int column = piece.first_column; column <= piece.last_column; ++column) below[static_cast<std::size_t>(column)] = 1;
    const std::vector<Span> extents = extents_below(rows, row, static_cast<std::size_t>(columns));
    const double size = std::max(rows[row].size, 1.0);
    struct Way {
        double cost = 0;
        int first = 0;
        int last = 0;
        int before = -1;  // index of the way of the head before
    };
    std::vector<std::vector<Way>> ways(pieces.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const int free_first = i == 0 ? 0 : pieces[i - 1].last_column + 1;
        const int free_last = i + 1 < pieces.size() ? pieces[i + 1].first_column - 1 : columns - 1;
        for (int first = free_first; first <= pieces[i].first_column; ++first) {
            if (first == 0 && pieces[i].first_column > 0) continue;  // the stub is in no group
            for (int last = pieces[i].last_column; last <= free_last; ++last) {
                Way way{.cost = 1e18, .first = first, .last = last};
                const double off = std::min(off_center(pieces[i], extents, first, last) / size, kFarOff);
                for (std::size_t k = 0; k < std::max<std::size_t>(1, i == 0 ? 1 : ways[i - 1].size()); ++k) {
                    if (i > 0 && (ways[i - 1].empty() || ways[i - 1][k].last >= first)) continue;
                    double cost = off + (i > 0 ? ways[i - 1][k].cost : 0);
                    for (int column = i > 0 ? ways[i - 1][k].last + 1 : 1; column < first; ++column)
                        cost += kNoHead * below[static_cast<std::size_t>(column)];
                    if (i + 1 == pieces.size())
                        for (int column = last + 1; column < columns; ++column) cost += kNoHead * below[static_cast<std::size_t>(column)];
                    if (cost < way.cost) way.cost = cost, way.before = i > 0 ? static_cast<int>(k) : -1;
                }
                if (way.cost < 1e18) ways[i].push_back(way);
            }
        }
        if (ways[i].empty()) return;
    }
    auto cheaper = [](const Way& a, const Way& b) { return a.cost < b.cost; };
    auto at = static_cast<int>(std::min_element(ways.back().begin(), ways.back().end(), cheaper) - ways.back().begin());
    for (std::size_t i = pieces.size(); i > 0; --i) {
        const Way& way = ways[i - 1][static_cast<std::size_t>(at)];
        at = way.before;
        if (off_center(pieces[i - 1], extents, way.first, way.last) > kCenteredEm * size) continue;
        pieces[i - 1].first_column = way.first;
        pieces[i - 1].last_column = way.last;
    }
}

void widen_heads(const Region& region, std::vector<CutRow>& rows, std::size_t head_rows, const std::vector<double>& edges) {
    const int columns = static_cast<int>(edges.size()) - 1;
    for (std::size_t row = 0; row < head_rows && row + 1 < rows.size(); ++row) {
        std::vector<Piece>& pieces = rows[row].pieces;
        bool by_line = false;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const int free_first = i == 0 ? std::min(1, pieces[i].first_column) : pieces[i - 1].last_column + 1;
            const int free_last = i + 1 == pieces.size() ? columns - 1 : pieces[i + 1].first_column - 1;
            by_line = widen_by_line(region, pieces[i], rows[row].box, edges, i == 0 ? 0 : free_first, free_last) || by_line;
        }
        if (!by_line && row + 1 < head_rows && columns <= kMostCentered) widen_by_centers(rows, row, columns);
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
                               .row_span = group + 1 < first.size() ? piece.table_rows : 1,
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
                    cell.row_span = std::min(cell.row_span, other->row_span);
                    cell.words.insert(cell.words.begin(), other->words.begin(), other->words.end());
                    other = cells.erase(other);
                }
                cells.push_back(std::move(cell));
            }
        }
        draft.cells.insert(draft.cells.end(), cells.begin(), cells.end());
    }
    // A span over rows holds only where the next row leaves its columns free.
    for (DraftCell& cell : draft.cells) {
        if (cell.row_span == 1) continue;
        for (const DraftCell& other : draft.cells) {
            const bool below = other.row == cell.row + 1 && other.column < cell.column + cell.column_span &&
                               cell.column < other.column + other.column_span;
            if (below) cell.row_span = 1;
        }
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
    auto by_position = [](const Ruling& a, const Ruling& b) { return a.position < b.position; };
    std::stable_sort(region.horizontal.begin(), region.horizontal.end(), by_position);
    std::stable_sort(region.vertical.begin(), region.vertical.end(), by_position);
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
    rows = lift_centered_labels(std::move(rows));
    if (rows.size() < 2) return {};
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
