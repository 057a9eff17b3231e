#include "extract/tables/tagged.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace docwright::extract::tables {
namespace {

constexpr int kMostColumns = 500;  // no page shows more; a span beyond it is damage
constexpr int kMostRows = 5000;
constexpr double kOverlapEm = 0.5;  // columns and rows may reach into each other so far: slanted letters, accents, raised signs

constexpr int kDeepest = 64;  // tags between a text and its cell; circles end there too
constexpr int kNone = -1;

// The nearest tag with one of the two roles, from the tag upwards but not past a table.
int enclosing(const PageFacts& facts, int tag, std::string_view role, std::string_view other) {
    for (int depth = 0; depth < kDeepest && tag >= 0 && static_cast<std::size_t>(tag) < facts.tags.size(); ++depth) {
        const Tag& at = facts.tags[static_cast<std::size_t>(tag)];
        if (at.role == role || at.role == other) return tag;
        if (at.role == "Table") return kNone;
        tag = at.parent;
    }
    return kNone;
}

struct TaggedCell {
    int tag;
    int row;
    int column;
    int row_span;
    int column_span;
};

struct TaggedTable {
    std::vector<TaggedCell> cells;
    int rows = 0;
    int columns = 0;
};

// The cells of each table in the places that their order and spans give them.
std::map<int, TaggedTable> read_tables(const PageFacts& facts) {
    std::map<int, TaggedTable> tables;
    std::map<int, int> row_of;                           // TR → its row
    std::map<int, std::set<std::pair<int, int>>> taken;  // table → positions that spans have taken
    std::map<int, int> next_column;                      // TR → where to look for the next free place
    for (std::size_t i = 0; i < facts.tags.size(); ++i) {
        const Tag& tag = facts.tags[i];
        if (tag.role != "TD" && tag.role != "TH") continue;
        const int row_tag = enclosing(facts, tag.parent, "TR", "TR");
        if (row_tag == kNone) continue;
        const int table_tag = enclosing(facts, facts.tags[static_cast<std::size_t>(row_tag)].parent, "Table", "Table");
        if (table_tag == kNone) continue;
        TaggedTable& table = tables[table_tag];
        if (!row_of.contains(row_tag)) row_of[row_tag] = table.rows++;
        const int row = row_of[row_tag];
        int& column = next_column[row_tag];
        while (taken[table_tag].contains({row, column})) ++column;
        const int row_span = std::clamp(tag.row_span, 1, kMostRows);
        const int column_span = std::clamp(tag.column_span, 1, kMostColumns);
        if (row >= kMostRows || column + column_span > kMostColumns) continue;
        table.cells.push_back({static_cast<int>(i), row, column, row_span, column_span});
        table.columns = std::max(table.columns, column + column_span);
        if (row_span > 1)
            for (int r = 1; r < row_span; ++r)
                for (int c = 0; c < column_span; ++c) taken[table_tag].insert({row + r, column + c});
        column += column_span;
    }
    return tables;
}

struct Extent {
    double low = 0;
    double high = 0;
    bool known = false;
    void add(double from, double to) {
        low = known ? std::min(low, from) : from;
        high = known ? std::max(high, to) : to;
        known = true;
    }
};

// Edges between extents that follow each other; nothing if they do not, or if too few are known.
std::optional<std::vector<double>> edges_of(std::vector<Extent> extents, double overlap) {
    if (extents.empty() || !extents.front().known || !extents.back().known) return {};
    for (std::size_t i = 1; i < extents.size(); ++i) {
        if (extents[i].known) continue;
        std::size_t next = i;
        while (!extents[next].known) ++next;
        // An empty row or column takes an equal part of the white between its neighbours.
        const double from = extents[i - 1].high;
        const double part = (extents[next].low - from) / static_cast<double>(next - i + 1);
        extents[i].add(from + part / 2, from + part);
    }
    std::vector<double> edges{extents.front().low};
    for (std::size_t i = 1; i < extents.size(); ++i) {
        if (extents[i].low < extents[i - 1].high - overlap) return {};
        edges.push_back(std::max(edges.back(), (extents[i - 1].high + extents[i].low) / 2));
    }
    edges.push_back(std::max(edges.back(), extents.back().high));
    return edges;
}

std::optional<Draft> draft_of(const TaggedTable& table, const std::map<int, std::vector<std::uint32_t>>& words, const PageWords& page) {
    std::vector<Extent> columns(static_cast<std::size_t>(table.columns));
    std::vector<Extent> rows(static_cast<std::size_t>(table.rows));
    Draft draft{.proposer = Proposer::Tags};
    for (const TaggedCell& cell : table.cells) {
        const auto found = words.find(cell.tag);
        const int row_span = std::min(cell.row_span, table.rows - cell.row);
        draft.cells.push_back({.row = cell.row, .column = cell.column, .row_span = row_span, .column_span = cell.column_span});
        if (found == words.end()) continue;
        draft.cells.back().words = found->second;
        for (std::uint32_t index : found->second) {
            const Box& box = page.words[index].box;
            if (cell.column_span == 1) columns[static_cast<std::size_t>(cell.column)].add(box.left, box.right);
            if (row_span == 1) rows[static_cast<std::size_t>(cell.row)].add(box.top, box.bottom);
        }
    }
    const double overlap = kOverlapEm * page.body_size;
    const auto column_edges = edges_of(std::move(columns), overlap);
    const auto row_edges = edges_of(std::move(rows), overlap);
    if (!column_edges || !row_edges) return {};
    draft.column_edges = *column_edges;
    draft.row_edges = *row_edges;
    // Cells that spans have pushed over each other: the tags contradict themselves.
    std::size_t positions = 0;
    for (const DraftCell& cell : draft.cells)
        positions += static_cast<std::size_t>(cell.row_span) * static_cast<std::size_t>(cell.column_span);
    const std::vector<int> owners = cell_owners(draft);
    if (positions != static_cast<std::size_t>(std::count_if(owners.begin(), owners.end(), [](int owner) { return owner >= 0; }))) return {};
    complete_cells(draft);
    fill_cells(draft, page);
    return draft;
}

}  // namespace

std::vector<Draft> drafts_from_tags(const PageFacts& facts, const PageWords& page) {
    const std::map<int, TaggedTable> tables = read_tables(facts);
    if (tables.empty()) return {};
    std::map<std::int32_t, int> cell_of_content;
    for (std::size_t i = 0; i < facts.tags.size(); ++i)
        for (std::int32_t content : facts.tags[i].marked_contents)
            if (const int cell = enclosing(facts, static_cast<int>(i), "TD", "TH"); cell != kNone) cell_of_content.emplace(content, cell);
    std::map<int, std::vector<std::uint32_t>> words;
    for (std::uint32_t index = 0; index < page.words.size(); ++index)
        if (const auto cell = cell_of_content.find(page.words[index].marked_content); cell != cell_of_content.end())
            words[cell->second].push_back(index);
    std::vector<Draft> drafts;
    for (const auto& [tag, table] : tables)
        if (auto draft = draft_of(table, words, page)) drafts.push_back(std::move(*draft));
    return drafts;
}

}  // namespace docwright::extract::tables
