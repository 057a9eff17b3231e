// The cells of a table as they are rendered, for its formulas (contract/docgen.md, 5.1). Of a column only what its numbers come
// to is kept, from the last cell without a number down, so that the length of a table costs no memory. A formula over cells that
// come after it is known only when they have been rendered: such a table is rendered twice, the first time for its results.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "docgen/pictures/decimal.h"
#include "docgen/template/tag.h"

namespace docwright::docgen {

// Of numbers that follow each other without anything else between.
struct Run {
    std::int64_t count = 0;
    Decimal sum, product, least, most;

    void add(const Decimal& number);
};

// 0 where there are no numbers.
Decimal value_of(const Run& run, Function function);

class TableCells {
public:
    void begin_row(bool in_loop);
    void begin_cell(int column);  // its last grid column
    void add_text(std::string_view text);
    bool end_row();  // false: more formulas wait for cells below them than limits::kOpenFormulas

    // For a formula in the open cell, over cells before it.
    Decimal behind(Function function, Direction direction) const;

    // The first time: a formula over cells that are still to come.
    void expect(Function function, Direction direction);
    // What they come to, in order.
    std::vector<Decimal> finish();

private:
    struct Cell {
        int column;
        std::string text;
    };
    struct Expected {
        std::size_t place;  // in results_
        Function function;
        int column;        // Below
        std::size_t cell;  // Right: in the row
        Run run = {};
    };
    std::optional<Decimal> counted(const Cell& cell) const;
    void resolve_right();
    void add_below();

    bool in_loop_ = false;
    std::vector<Cell> row_;       // the last one is open
    std::map<int, Run> columns_;  // by grid column

    std::vector<Expected> right_, below_, open_;  // of the row, of the row, and of rows above
    std::vector<Decimal> results_;
};

}  // namespace docwright::docgen
