// Which rows of a part's tables repeat (contract/docgen.md, 5): a loop's markers stand in one row, or with rows=N in the first
// and last of N rows of one table.
// Errors: InvalidInput: a marker outside of any table; a second loop that starts in a row before the first has ended.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "docgen/template/plan.h"
#include "docgen/template/structure.h"

namespace docwright::docgen {

struct LoopRows {
    std::size_t tag;       // of Plan::tags: the start
    std::size_t last_row;  // token that starts the last row that repeats
};

struct Loops {
    std::map<std::size_t, LoopRows> by_row;  // by the token that starts the first row
    std::vector<std::string> warnings;       // of loops that cannot be rendered
};

// The tags are in order.
Result<Loops> match_loops(const Plan& plan, const Structure& structure);

// Those whose rows hold the token, from the outermost to the innermost: places in Plan::tags.
std::vector<std::size_t> loops_around(const Loops& loops, const Structure& structure, std::size_t token);

}  // namespace docwright::docgen
