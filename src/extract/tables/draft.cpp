#include "extract/tables/draft.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <utility>

namespace docwright::extract::tables {
namespace {

constexpr double kFillCoversCell = 0.8;  // of a cell's area: a fill drawn a little inside its walls is still its background
constexpr std::uint32_t kWhite = 0xFFFFFF;
constexpr std::size_t kMostShadedPairs = 2'000'000;  // cells × fills looked at; a table shaded dot by dot has no cell colours
constexpr double kFullyRuled = 0.85;                 // of the walls: a few are always interrupted by the producer

// Index of the interval of ascending edges that holds the value; the last edge belongs to the last interval.
int interval_of(const std::vector<double>& edges, double value) {
    const auto above = std::upper_bound(edges.begin(), edges.end(), value);
    const auto index = static_cast<int>(above - edges.begin()) - 1;
    return std::clamp(index, 0, static_cast<int>(edges.size()) - 2);
}

// The words of a cell in the order they are read: line by line of the page; lines by baseline, then from the left.
void order_words(std::vector<std::uint32_t>& words, const PageWords& page) {
    std::stable_sort(words.begin(), words.end(), [&](auto a, auto b) {
        const PageWord& x = page.words[a];
        const PageWord& y = page.words[b];
        if (x.line == y.line) return x.word < y.word;
        if (x.baseline != y.baseline) return x.baseline < y.baseline;
        return x.line < y.line;
    });
}

void add_text(Cell& cell, const std::vector<std::uint32_t>& words, const PageWords& page) {
    for (std::uint32_t index : words) {
        const PageWord& word = page.words[index];
        CellText* last = cell.text.empty() ? nullptr : &cell.text.back();
        if (last && last->line == word.line && last->first_word + last->word_count == word.word)
            ++last->word_count;
        else
            cell.text.push_back({.line = word.line, .first_word = word.word, .word_count = 1});
    }
}

// The fill painted last that covers the cell.
void add_background(Cell& cell, const std::vector<const Fill*>& fills) {
    const Fill* top = nullptr;
    for (const Fill* fill : fills)
        if (share_inside(cell.box, fill->box) >= kFillCoversCell && (!top || fill->paint_order >= top->paint_order)) top = fill;
    if (!top || top->color == kWhite) return;
    cell.has_background = true;
    cell.background = top->color;
}

// New number of each old edge, -1 for those taken out.
std::vector<int> renumbered(const std::vector<char>& keep) {
    std::vector<int> numbers(keep.size(), -1);
    int next = 0;
    for (std::size_t i = 0; i < keep.size(); ++i)
        if (keep[i]) numbers[i] = next++;
    return numbers;
}

std::vector<double> kept(const std::vector<double>& edges, const std::vector<char>& keep) {
    std::vector<double> left;
    for (std::size_t i = 0; i < edges.size(); ++i)
        if (keep[i]) left.push_back(edges[i]);
    return left;
}

}  // namespace

Box Draft::cell_box(const DraftCell& cell) const {
    const auto row = static_cast<std::size_t>(cell.row);
    const auto column = static_cast<std::size_t>(cell.column);
    return {column_edges[column], row_edges[row], column_edges[column + static_cast<std::size_t>(cell.column_span)],
            row_edges[row + static_cast<std::size_t>(cell.row_span)]};
}

std::vector<int> cell_owners(const Draft& draft) {
    std::vector<int> owners(static_cast<std::size_t>(draft.rows()) * static_cast<std::size_t>(draft.columns()), -1);
    for (std::size_t i = 0; i < draft.cells.size(); ++i) {
        const DraftCell& cell = draft.cells[i];
        for (int row = cell.row; row < cell.row + cell.row_span; ++row)
            for (int column = cell.column; column < cell.column + cell.column_span; ++column)
                owners[static_cast<std::size_t>(row * draft.columns() + column)] = static_cast<int>(i);
    }
    return owners;
}

void complete_cells(Draft& draft) {
    const std::vector<int> owners = cell_owners(draft);
    for (int row = 0; row < draft.rows(); ++row)
        for (int column = 0; column < draft.columns(); ++column)
            if (owners[static_cast<std::size_t>(row * draft.columns() + column)] < 0) draft.cells.push_back({.row = row, .column = column});
    std::stable_sort(draft.cells.begin(), draft.cells.end(),
                     [](const DraftCell& a, const DraftCell& b) { return a.row != b.row ? a.row < b.row : a.column < b.column; });
}

void fill_cells(Draft& draft, const PageWords& page) {
    const std::vector<int> owners = cell_owners(draft);
    std::vector<std::uint32_t> placed;
    for (const DraftCell& cell : draft.cells) placed.insert(placed.end(), cell.words.begin(), cell.words.end());
    std::sort(placed.begin(), placed.end());
    // Line and word of each word placed already → its cell: leading dots go to the cell of the word before them.
    std::map<std::pair<std::uint32_t, std::uint32_t>, int> cell_of;
    for (std::size_t i = 0; i < draft.cells.size(); ++i)
        for (std::uint32_t index : draft.cells[i].words) cell_of[{page.words[index].line, page.words[index].word}] = static_cast<int>(i);
    for (std::uint32_t index : words_inside(page, draft.box())) {
        if (std::binary_search(placed.begin(), placed.end(), index)) continue;
        const Box& box = page.words[index].box;
        const int row = interval_of(draft.row_edges, box.center_y());
        const int column = interval_of(draft.column_edges, box.center_x());
        int owner = owners[static_cast<std::size_t>(row * draft.columns() + column)];
        if (const PageWord& word = page.words[index]; word.kind == WordKind::Leader) {
            const auto after = cell_of.lower_bound({word.line, word.word});
            if (after != cell_of.begin() && std::prev(after)->first.first == word.line) owner = std::prev(after)->second;
        }
        draft.cells[static_cast<std::size_t>(owner)].words.push_back(index);
    }
    for (DraftCell& cell : draft.cells) order_words(cell.words, page);
}

void tidy_edges(Draft& draft) {
    std::vector<char> rows(draft.row_edges.size(), 0);
    std::vector<char> columns(draft.column_edges.size(), 0);
    std::vector<char> row_filled(static_cast<std::size_t>(draft.rows()), 0);
    std::vector<char> column_filled(static_cast<std::size_t>(draft.columns()), 0);
    for (const DraftCell& cell : draft.cells) {
        rows[static_cast<std::size_t>(cell.row)] = rows[static_cast<std::size_t>(cell.row + cell.row_span)] = 1;
        columns[static_cast<std::size_t>(cell.column)] = columns[static_cast<std::size_t>(cell.column + cell.column_span)] = 1;
        if (cell.words.empty()) continue;
        for (int row = cell.row; row < cell.row + cell.row_span; ++row) row_filled[static_cast<std::size_t>(row)] = 1;
        for (int column = cell.column; column < cell.column + cell.column_span; ++column)
            column_filled[static_cast<std::size_t>(column)] = 1;
    }
    auto trim = [](std::vector<char>& keep, const std::vector<char>& filled) {
        for (std::size_t i = 0; i < filled.size() && !filled[i]; ++i) keep[i] = 0;
        for (std::size_t i = filled.size(); i > 0 && !filled[i - 1]; --i) keep[i] = 0;
    };
    if (std::count(row_filled.begin(), row_filled.end(), 1) == 0) return;
    trim(rows, row_filled);
    trim(columns, column_filled);
    const std::vector<int> row_numbers = renumbered(rows);
    const std::vector<int> column_numbers = renumbered(columns);
    // The number of an edge that is gone is that of the next edge kept, which ends a cell of no extent: such cells go.
    auto number = [](const std::vector<int>& numbers, int edge) {
        auto at = static_cast<std::size_t>(edge);
        while (at < numbers.size() && numbers[at] < 0) ++at;
        if (at < numbers.size()) return numbers[at];
        return *std::max_element(numbers.begin(), numbers.end());
    };
    std::vector<DraftCell> cells;
    for (DraftCell& cell : draft.cells) {
        const int row = number(row_numbers, cell.row);
        const int row_end = number(row_numbers, cell.row + cell.row_span);
        const int column = number(column_numbers, cell.column);
        const int column_end = number(column_numbers, cell.column + cell.column_span);
        if (row_end <= row || column_end <= column) continue;
        cells.push_back(std::move(cell));
        cells.back().row = row;
        cells.back().row_span = row_end - row;
        cells.back().column = column;
        cells.back().column_span = column_end - column;
    }
    draft.cells = std::move(cells);
    draft.row_edges = kept(draft.row_edges, rows);
    draft.column_edges = kept(draft.column_edges, columns);
}

Table to_table(const Draft& draft, const PageWords& page, const PageFacts& facts) {
    Table table{.box = draft.box(),
                .row_count = draft.rows(),
                .column_count = draft.columns(),
                .header_row_count = draft.header_rows,
                .header_column_count = draft.header_columns,
                .column_edges = draft.column_edges,
                .row_edges = draft.row_edges,
                .from_tags = draft.proposer == Proposer::Tags};
    table.ruling = draft.wall_share >= kFullyRuled ? TableRuling::Full : draft.wall_share > 0 ? TableRuling::Partial : TableRuling::None;
    std::vector<const Fill*> fills;
    for (const Fill& fill : facts.fills)
        if (shared(fill.box, table.box).area() > 0 && fill.alpha > 0) fills.push_back(&fill);
    const bool shaded = fills.size() * draft.cells.size() <= kMostShadedPairs;
    for (const DraftCell& from : draft.cells) {
        Cell cell{.row = from.row,
                  .column = from.column,
                  .row_span = from.row_span,
                  .column_span = from.column_span,
                  .box = draft.cell_box(from),
                  .kind = from.kind};
        add_text(cell, from.words, page);
        if (shaded) add_background(cell, fills);
        table.cells.push_back(std::move(cell));
    }
    return table;
}

}  // namespace docwright::extract::tables
