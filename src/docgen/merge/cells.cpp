#include "docgen/merge/cells.h"

#include <ranges>

namespace docwright::docgen {
namespace {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\n") == std::string_view::npos; }

}  // namespace

void Run::add(const Decimal& number) {
    if (count == 0 || less(number, least)) least = number;
    if (count == 0 || less(most, number)) most = number;
    sum = docgen::sum(sum, number);
    product = count == 0 ? number : docgen::product(product, number);
    ++count;
}

Decimal value_of(const Run& run, Function function) {
    if (run.count == 0) return {};
    switch (function) {
        case Function::Sum: return run.sum;
        case Function::Average: return quotient(run.sum, {run.count, 0});
        case Function::Count: return {run.count, 0};
        case Function::Minimum: return run.least;
        case Function::Maximum: return run.most;
        case Function::Product: return run.product;
    }
    return {};
}

void TableCells::begin_row(bool in_loop) {
    in_loop_ = in_loop;
    row_.clear();
}
void TableCells::begin_cell(int column) { row_.push_back({column, {}}); }
void TableCells::add_text(std::string_view text) {
    constexpr std::size_t kLongestCell = 100;  // more text than that is none
    if (!row_.empty() && row_.back().text.size() <= kLongestCell) row_.back().text += text.substr(0, kLongestCell + 1);
}

// A blank cell of a loop counts as 0, any other without a number ends what is above it.
void TableCells::end_row() {
    for (const Cell& cell : row_) {
        if (const std::optional<Decimal> number = number_in(cell.text)) {
            columns_[cell.column].add(*number);
        } else if (in_loop_ && is_blank(cell.text)) {
            columns_[cell.column].add({});
        } else {
            columns_.erase(cell.column);
        }
    }
    row_.clear();
}

std::optional<Decimal> TableCells::result(Function function, Direction direction) const {
    if (row_.empty() || direction == Direction::Below || direction == Direction::Right) return std::nullopt;
    if (direction == Direction::Above) {
        const auto column = columns_.find(row_.back().column);
        return value_of(column == columns_.end() ? Run{} : column->second, function);
    }
    Run run;
    for (const Cell& cell : row_ | std::views::reverse | std::views::drop(1)) {
        const std::optional<Decimal> number = number_in(cell.text);
        if (!number) break;
        run.add(*number);
    }
    return value_of(run, function);
}

}  // namespace docwright::docgen
