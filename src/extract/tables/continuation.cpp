#include "extract/tables/continuation.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace docwright::extract {
namespace {

constexpr int kFirstRows = 3;              // kept of each table: heads of more rows repeat only in part
constexpr std::size_t kLongestCell = 200;  // code points kept of a cell; enough to tell heads apart
constexpr double kSameEdge = 6;            // points: unruled edges lie in the middle of white that differs from page to page
constexpr double kSameEdgeShare = 0.03;    // … and move with the width of the table

std::u32string text_of(const Cell& cell, const PageFacts& facts, std::span<const Line> lines) {
    std::u32string text;
    for (const CellText& part : cell.text) {
        if (part.line >= lines.size()) continue;
        const Line& line = lines[part.line];
        for (std::uint32_t index = part.first_word; index < part.first_word + part.word_count && index < line.words.size(); ++index) {
            if (!text.empty()) text.push_back(U' ');
            const Word& word = line.words[index];
            for (std::uint32_t i = word.first; i < word.first + word.count && text.size() < kLongestCell; ++i)
                text.push_back(facts.glyphs[line.glyphs[i]].code);
        }
    }
    return text;
}

// Without white space, so that another line break in a head does not matter.
std::u32string plain(std::u32string_view text) {
    std::u32string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char32_t code) { return code != U' '; });
    return out;
}

bool same_columns(const TableEdge& above, const TableEdge& below) {
    if (above.column_edges.size() != below.column_edges.size() || above.column_edges.size() < 2) return false;
    const double shift = below.column_edges.front() - above.column_edges.front();
    const double width = above.column_edges.back() - above.column_edges.front();
    const double tolerance = std::max(kSameEdge, kSameEdgeShare * width);
    for (std::size_t i = 0; i < above.column_edges.size(); ++i)
        if (std::abs(below.column_edges[i] - shift - above.column_edges[i]) > tolerance) return false;
    return true;
}

// Rows at the top of `below` that say the same as the first rows of `above`, at most its head.
int repeated_rows(const TableEdge& above, const TableEdge& below) {
    const auto most =
        std::min({static_cast<std::size_t>(std::max(above.header_row_count, 1)), above.first_rows.size(), below.first_rows.size()});
    std::size_t row = 0;
    for (; row < most; ++row) {
        if (above.first_rows[row].size() != below.first_rows[row].size()) break;
        bool same = true;
        bool any = false;
        for (std::size_t cell = 0; cell < above.first_rows[row].size(); ++cell) {
            same = same && plain(above.first_rows[row][cell]) == plain(below.first_rows[row][cell]);
            any = any || !below.first_rows[row][cell].empty();
        }
        if (!same || !any) break;
    }
    return static_cast<int>(row);
}

bool starts_lower(std::u32string_view text) {
    return !text.empty() && ((text[0] >= U'a' && text[0] <= U'z') || (text[0] >= U'ß' && text[0] <= U'ÿ'));
}

// The first row has no label of its own and goes on in the middle of a sentence.
bool row_goes_on(const TableEdge& below, int first_row) {
    const auto row = static_cast<std::size_t>(first_row);
    if (row >= below.first_rows.size() || below.first_rows[row].empty() || !below.first_rows[row].front().empty()) return false;
    return std::any_of(below.first_rows[row].begin(), below.first_rows[row].end(),
                       [](const std::u32string& text) { return starts_lower(text); });
}

}  // namespace

TableEdge table_edge(const Table& table, std::uint32_t index, const PageFacts& facts, std::span<const Line> lines) {
    TableEdge edge{.table = index, .box = table.box, .column_edges = table.column_edges, .header_row_count = table.header_row_count};
    edge.first_rows.resize(static_cast<std::size_t>(std::min(table.row_count, kFirstRows)));
    for (const Cell& cell : table.cells) {
        if (cell.row < table.header_row_count) edge.header_cells.push_back(text_of(cell, facts, lines));
        if (cell.row < kFirstRows) edge.first_rows[static_cast<std::size_t>(cell.row)].push_back(text_of(cell, facts, lines));
    }
    return edge;
}

Continuation continuation(const TableEdge& above, const TableEdge& below) {
    if (!above.reaches_bottom || !below.reaches_top || below.captioned) return {};
    if (above.column_edges.size() != below.column_edges.size()) return {};
    Continuation result{.repeated_header_rows = repeated_rows(above, below)};
    const bool head_repeats = above.header_row_count > 0 && result.repeated_header_rows > 0;
    const bool own_head = below.header_row_count > 0 && above.header_row_count > 0 && !head_repeats;
    if (!head_repeats) result.repeated_header_rows = 0;
    result.continues = head_repeats || (same_columns(above, below) && !own_head);
    if (!result.continues) return {};
    result.first_row_continues = row_goes_on(below, result.repeated_header_rows);
    return result;
}

}  // namespace docwright::extract
