// The cells of a table as they are rendered, for its formulas (contract/docgen.md, 5.1). Of a column only what its numbers come
// to is kept, from the last cell without a number down, so that the length of a table costs no memory.
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
    void end_row();

    // For a formula in the open cell. Below and Right are not known yet: nothing.
    std::optional<Decimal> result(Function function, Direction direction) const;

private:
    struct Cell {
        int column;
        std::string text;
    };
    bool in_loop_ = false;
    std::vector<Cell> row_;       // the last one is open
    std::map<int, Run> columns_;  // by grid column
};

}  // namespace docwright::docgen
