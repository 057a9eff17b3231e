#include "extract/classify/running.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace docwright::extract {

namespace {

constexpr int kSameSizeTenths = 3;
constexpr double kSameEdge = 4.0;    // points: column edges of the pieces of one table
constexpr double kSameWidth = 0.03;  // of the table

bool same_size(const StyleKey& a, const StyleKey& b) { return std::abs(a.size_tenths - b.size_tenths) <= kSameSizeTenths; }

bool is_decided(const PageContext& page, std::uint32_t block) {
    auto is_block = [&](const auto& decision) { return decision.block == block; };
    return std::any_of(page.furniture.begin(), page.furniture.end(), is_block) ||
           std::any_of(page.heads.begin(), page.heads.end(), is_block);
}

bool same_columns(const TableEdge& a, const TableEdge& b) {
    if (a.column_edges.size() != b.column_edges.size() || a.column_edges.empty()) return false;
    const double slack = std::max(kSameEdge, kSameWidth * a.box.width());
    // Left and right pages may be shifted as a whole.
    const double shift = b.column_edges.front() - a.column_edges.front();
    for (std::size_t i = 0; i < a.column_edges.size(); ++i)
        if (std::abs(b.column_edges[i] - a.column_edges[i] - shift) > slack) return false;
    return true;
}

int repeated_rows(const TableEdge& before, const TableEdge& after) {
    int rows = 0;
    const std::size_t most = std::min(before.first_rows.size(), after.first_rows.size());
    while (static_cast<std::size_t>(rows) < most && rows < std::max(1, before.header_row_count) &&
           before.first_rows[static_cast<std::size_t>(rows)] == after.first_rows[static_cast<std::size_t>(rows)])
        ++rows;
    return rows;
}

// A row cut by the page break: the piece starts with a row whose first cell is empty and that goes on in lower case.
bool continues_row(const TableEdge& after, int repeated) {
    if (after.first_rows.size() <= static_cast<std::size_t>(repeated)) return false;
    const auto& row = after.first_rows[static_cast<std::size_t>(repeated)];
    if (row.size() < 2 || !row.front().empty()) return false;
    for (const std::u32string& cell : row)
        if (!cell.empty()) return cell.front() >= U'a' && cell.front() <= U'z';
    return false;
}

void join_tables(const TableEdge& foot, const TableEdge& head, PageContext& first, PageContext& second) {
    if (!foot.reaches_bottom || !head.reaches_top || head.captioned) return;
    const int repeated = repeated_rows(foot, head);
    if (!same_columns(foot, head) && !(repeated > 0 && foot.column_edges.size() == head.column_edges.size())) return;
    first.last_table_continues = true;
    second.first_table_continues = true;
    second.repeated_header_rows = repeated;
    second.first_row_continues = continues_row(head, repeated);
}

}  // namespace

RunOn run_on_of(const TextEdge& before, const TextEdge& after) {
    if (!before.exists || !after.exists || !same_size(before.style, after.style) || after.list_item) return {};
    if (before.ends_with_hyphen) {
        if (after.starts_lower) return {.runs_on = true, .joiner = Joiner::Dehyphenate};
        return {.runs_on = !after.indented, .joiner = Joiner::None};
    }
    if (before.ends_sentence) return {};
    if (after.starts_lower) return {.runs_on = true};
    return {.runs_on = before.fills_line && !after.indented};
}

void Continuations::add(const PageSummary& page, std::span<PageContext> pages) {
    const auto index = static_cast<std::size_t>(page.page_index);
    if (index > 0 && before_.page_index + 1 == page.page_index) {
        PageContext &first = pages[index - 1], &second = pages[index];
        if (before_.table && !page.table_edges.empty()) join_tables(*before_.table, page.table_edges.front(), first, second);
        if (!is_decided(first, before_.text.block) && !is_decided(second, page.first_text.block)) {
            const RunOn run_on = run_on_of(before_.text, page.first_text);
            first.last_text_continues = second.first_text_continues = run_on.runs_on;
            if (run_on.runs_on) second.joiner = run_on.joiner;
        }
    }
    before_ = {.page_index = page.page_index, .table = std::nullopt, .text = page.last_text};
    if (!page.table_edges.empty()) before_.table = page.table_edges.back();
}

}  // namespace docwright::extract
