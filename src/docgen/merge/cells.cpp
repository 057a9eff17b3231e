#include "docgen/merge/cells.h"

#include <algorithm>
#include <iterator>
#include <ranges>

#include "base/limits.h"

namespace docwright::docgen {
namespace {

// The product of a long column would outgrow the time it is worth: beyond this, some 480 digits, it is multiplied no further.
constexpr unsigned kMostProductBits = 1600;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\n") == std::string_view::npos; }

}  // namespace

void Run::add(const Decimal& number) {
    if (count == 0 || less(number, least)) least = number;
    if (count == 0 || less(most, number)) most = number;
    sum = docgen::sum(sum, number);
    if (count == 0) {
        product = number;
    } else if (product.zero() || msb(abs(product.units)) < kMostProductBits) {
        product = docgen::product(product, number);
        if (product.scale > kQuotientPlaces) product = rounded(product, kQuotientPlaces);
    }
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
std::optional<Decimal> TableCells::counted(const Cell& cell) const {
    const std::optional<Decimal> number = number_in(cell.text);
    return !number && in_loop_ && is_blank(cell.text) ? Decimal{} : number;
}

bool TableCells::end_row() {
    resolve_right();
    add_below();
    for (const Cell& cell : row_) {
        if (const std::optional<Decimal> number = counted(cell)) {
            columns_[cell.column].add(*number);
        } else {
            columns_.erase(cell.column);
        }
    }
    row_.clear();
    return open_.size() <= limits::kOpenFormulas;
}

// From the right, so that one formula can stand on the next.
void TableCells::resolve_right() {
    for (const Expected& expected : right_ | std::views::reverse) {
        Run run;
        for (std::size_t i = expected.cell + 1; i < row_.size(); ++i) {
            const std::optional<Decimal> number = number_in(row_[i].text);
            if (!number) break;
            run.add(*number);
        }
        results_[expected.place] = value_of(run, expected.function);
        row_[expected.cell].text += plain_text(results_[expected.place]);
    }
    right_.clear();
}

void TableCells::add_below() {
    std::erase_if(open_, [this](Expected& expected) {
        const auto cell = std::ranges::find(row_, expected.column, &Cell::column);
        if (cell == row_.end()) return false;
        if (const std::optional<Decimal> number = counted(*cell)) {
            expected.run.add(*number);
            return false;
        }
        results_[expected.place] = value_of(expected.run, expected.function);
        return true;
    });
    std::ranges::move(below_, std::back_inserter(open_));
    below_.clear();
}

Decimal TableCells::behind(Function function, Direction direction) const {
    if (row_.empty()) return {};
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

void TableCells::expect(Function function, Direction direction) {
    Expected expected{.place = results_.size(), .function = function, .column = -1, .cell = 0};
    results_.emplace_back();
    if (row_.empty()) return;
    expected.column = row_.back().column;
    expected.cell = row_.size() - 1;
    (direction == Direction::Right ? right_ : below_).push_back(std::move(expected));
}

std::vector<Decimal> TableCells::finish() {
    for (const Expected& expected : open_) results_[expected.place] = value_of(expected.run, expected.function);
    open_.clear();
    return std::move(results_);
}

}  // namespace docwright::docgen
