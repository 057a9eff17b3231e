#include "extract/tables/ruled.h"

#include <algorithm>
#include <cstddef>

#include "extract/tables/split_cells.h"

namespace docwright::extract::tables {
namespace {

constexpr double kWallDrawn = 0.5;        // of a wall's length: less is a crossing line's overhang or a stray tick
constexpr double kOpenSide = 8;           // lines that run on this far past the last crossing close an open column or row
constexpr double kNarrowColumnEm = 0.9;   // of the body size: a column that narrow holds one letter at most
constexpr double kNarrowRowEm = 0.6;      // a row that low holds no line of text
constexpr double kThroughWord = 0.3;      // of the height or size: nearer to the word's border it may be a tight wall
constexpr double kFillEdgeWeight = 0.25;  // a stroke says more about a wall than where some shading ends
constexpr int kMostPositions = 100'000;   // grid positions of one mesh; more is a chart's paper or hatching

// One wall flag per grid position and side.
struct Walls {
    std::vector<char> right;  // between (row, column) and (row, column + 1)
    std::vector<char> below;  // between (row, column) and (row + 1, column)
};

int lower_edge(const std::vector<double>& edges, double value) {
    return static_cast<int>(std::lower_bound(edges.begin(), edges.end(), value - kSnap) - edges.begin());
}

// Adds to `drawn` how much of each interval of `edges` the ruling covers.
void add_cover(const Ruling& ruling, const std::vector<double>& edges, std::vector<double>& drawn) {
    const int count = static_cast<int>(edges.size()) - 1;
    for (int i = std::max(0, lower_edge(edges, ruling.from) - 1); i < count && edges[static_cast<std::size_t>(i)] < ruling.to; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const double cover = std::min(edges[at + 1], ruling.to) - std::max(edges[at], ruling.from);
        if (cover > 0) drawn[at] += cover;
    }
}

double length_at(const std::vector<Ruling>& rulings, double position) {
    double length = 0;
    for (const Ruling& ruling : rulings)
        if (ruling.position == position)
            length += (ruling.to - ruling.from) * (ruling.source == RulingSource::FillEdge ? kFillEdgeWeight : 1);
    return length;
}

// Two lines with a strip between them that is too narrow for text and holds none are one line: cells drawn as separate boxes,
// shading that ends inside its walls. The longer line stays, and the rulings of the other move to it.
void close_strips(std::vector<double>& edges, std::vector<Ruling>& rulings, std::vector<double> centers, double narrow) {
    std::sort(centers.begin(), centers.end());
    std::vector<double> kept;
    for (double edge : edges) {
        const bool close = !kept.empty() && edge - kept.back() < narrow;
        const bool bare = close && std::lower_bound(centers.begin(), centers.end(), kept.back()) ==
                                       std::lower_bound(centers.begin(), centers.end(), edge);
        if (!bare) {
            kept.push_back(edge);
            continue;
        }
        const bool later = length_at(rulings, edge) > length_at(rulings, kept.back());
        const double stays = later ? edge : kept.back();
        const double goes = later ? kept.back() : edge;
        for (Ruling& ruling : rulings)
            if (ruling.position == goes) ruling.position = stays;
        kept.back() = stays;
    }
    edges = std::move(kept);
}

// For each edge of `across`: which intervals of `along` have a drawn wall there. Pieces that overlap count twice; walls are
// either there or not, so that does no harm.
std::vector<std::vector<char>> walls_at(const std::vector<double>& across, const std::vector<double>& along,
                                        const std::vector<Ruling>& rulings) {
    std::vector<std::vector<double>> drawn(across.size(), std::vector<double>(along.size() - 1, 0));
    for (const Ruling& ruling : rulings) {
        const auto edge = static_cast<std::size_t>(lower_edge(across, ruling.position));
        if (edge < across.size()) add_cover(ruling, along, drawn[edge]);
    }
    std::vector<std::vector<char>> walls(across.size(), std::vector<char>(along.size() - 1, 0));
    for (std::size_t edge = 0; edge < across.size(); ++edge)
        for (std::size_t i = 0; i + 1 < along.size(); ++i) walls[edge][i] = drawn[edge][i] >= kWallDrawn * (along[i + 1] - along[i]);
    return walls;
}

// Closes a side at which the lines of the other axis run on past the last crossing.
void close_sides(std::vector<double>& edges, double from, double to) {
    if (edges.empty() || edges.front() - from > kOpenSide) edges.insert(edges.begin(), from);
    if (to - edges.back() > kOpenSide) edges.push_back(to);
}

// A row of positions without walls between them is one run; runs of equal extent without walls between them are one cell.
void add_cells(Draft& draft, const Walls& walls) {
    const int rows = draft.rows();
    const int columns = draft.columns();
    std::vector<int> open(static_cast<std::size_t>(columns), -1);  // cell that ends in the row above and begins at this column
    for (int row = 0; row < rows; ++row) {
        std::vector<int> next(static_cast<std::size_t>(columns), -1);
        for (int column = 0; column < columns;) {
            int end = column + 1;
            while (end < columns && !walls.right[static_cast<std::size_t>(row * columns + end - 1)]) ++end;
            const int above = open[static_cast<std::size_t>(column)];
            bool goes_on = above >= 0 && draft.cells[static_cast<std::size_t>(above)].column_span == end - column;
            for (int at = column; goes_on && at < end; ++at) goes_on = !walls.below[static_cast<std::size_t>((row - 1) * columns + at)];
            if (goes_on) {
                ++draft.cells[static_cast<std::size_t>(above)].row_span;
                next[static_cast<std::size_t>(column)] = above;
            } else {
                next[static_cast<std::size_t>(column)] = static_cast<int>(draft.cells.size());
                draft.cells.push_back({.row = row, .column = column, .column_span = end - column});
            }
            column = end;
        }
        open = std::move(next);
    }
    complete_cells(draft);
}

// A line that runs through a word is no wall there but the edge of some shading behind it, or strikes the word out.
void open_walls_through_words(Walls& walls, const Draft& draft, const PageWords& page) {
    const int rows = draft.rows();
    const int columns = draft.columns();
    auto first_inside = [](const std::vector<double>& edges, double from) {
        return static_cast<int>(std::lower_bound(edges.begin(), edges.end(), from) - edges.begin());
    };
    for (std::uint32_t index : words_inside(page, draft.box())) {
        const Box& box = page.words[index].box;
        const double inset_x = std::min(kThroughWord * page.words[index].size, box.width() / 2);
        const double inset_y = kThroughWord * box.height();
        const int row = std::clamp(first_inside(draft.row_edges, box.center_y()) - 1, 0, rows - 1);
        const int column = std::clamp(first_inside(draft.column_edges, box.center_x()) - 1, 0, columns - 1);
        for (int edge = first_inside(draft.row_edges, box.top + inset_y);
             edge <= rows && draft.row_edges[static_cast<std::size_t>(edge)] < box.bottom - inset_y; ++edge)
            if (edge > 0) walls.below[static_cast<std::size_t>((edge - 1) * columns + column)] = 0;
        for (int edge = first_inside(draft.column_edges, box.left + inset_x);
             edge <= columns && draft.column_edges[static_cast<std::size_t>(edge)] < box.right - inset_x; ++edge)
            if (edge > 0) walls.right[static_cast<std::size_t>(row * columns + edge - 1)] = 0;
    }
}

double share_drawn(const Walls& walls, int rows, int columns) {
    int drawn = 0;
    int all = 0;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const auto at = static_cast<std::size_t>(row * columns + column);
            if (column + 1 < columns) ++all, drawn += walls.right[at];
            if (row + 1 < rows) ++all, drawn += walls.below[at];
        }
    }
    return all > 0 ? static_cast<double>(drawn) / all : 1;
}

}  // namespace

std::optional<Draft> draft_ruled(const Mesh& mesh, const PageWords& page) {
    if (mesh.horizontal.empty() || mesh.vertical.empty()) return {};
    Draft draft{.proposer = Proposer::Ruled, .column_edges = mesh.xs, .row_edges = mesh.ys};
    std::vector<Ruling> vertical = mesh.vertical;
    std::vector<Ruling> horizontal = mesh.horizontal;
    std::vector<double> centers_x;
    std::vector<double> centers_y;
    for (std::uint32_t index : words_inside(page, mesh.box)) {
        centers_x.push_back(page.words[index].box.center_x());
        centers_y.push_back(page.words[index].box.center_y());
    }
    close_strips(draft.column_edges, vertical, std::move(centers_x), kNarrowColumnEm * page.body_size);
    close_strips(draft.row_edges, horizontal, std::move(centers_y), kNarrowRowEm * page.body_size);
    close_sides(draft.column_edges, mesh.box.left, mesh.box.right);
    close_sides(draft.row_edges, mesh.box.top, mesh.box.bottom);
    const int rows = draft.rows();
    const int columns = draft.columns();
    if (rows < 1 || columns < 1 || rows * columns < 2 || static_cast<long>(rows) * columns > kMostPositions) return {};
    const auto upright = walls_at(draft.column_edges, draft.row_edges, vertical);
    const auto level = walls_at(draft.row_edges, draft.column_edges, horizontal);
    Walls walls{std::vector<char>(static_cast<std::size_t>(rows * columns), 0),
                std::vector<char>(static_cast<std::size_t>(rows * columns), 0)};
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const auto at = static_cast<std::size_t>(row * columns + column);
            walls.right[at] = upright[static_cast<std::size_t>(column) + 1][static_cast<std::size_t>(row)];
            walls.below[at] = level[static_cast<std::size_t>(row) + 1][static_cast<std::size_t>(column)];
        }
    }
    open_walls_through_words(walls, draft, page);
    add_cells(draft, walls);
    draft.wall_share = share_drawn(walls, rows, columns);
    fill_cells(draft, page);
    split_cells_at_white(draft, page);
    tidy_edges(draft);
    return draft;
}

}  // namespace docwright::extract::tables
