// Which rows of a part's tables repeat (contract/docgen.md, 5): a loop's markers stand in one row, or with rows=N in the first
// and last of N rows of one table.
// Errors: InvalidInput: a marker outside of any table; a second loop that starts in a row before the first has ended.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "docgen/template/paragraphs.h"

namespace docwright::docgen {

struct LoopRows {
    std::size_t tag;       // of PartTexts::tags: the start
    std::size_t last_row;  // token that starts the last row that repeats
};

// The rows of each table, and both in the order of the part.
using TableRows = std::map<std::size_t, std::vector<std::size_t>>;

struct Loops {
    std::map<std::size_t, LoopRows> by_row;  // by the token that starts the first row
    std::vector<std::string> warnings;       // of loops that cannot be rendered
};

Result<Loops> match_loops(const PartTexts& texts, const TableRows& rows);

// "table 1, row 2" or "paragraph 7"
std::string place_of(const PlacedTag& tag, const TableRows& rows);

}  // namespace docwright::docgen
