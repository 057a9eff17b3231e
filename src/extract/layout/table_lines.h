// Lines and tables: a line that lies only partly in tables is cut, so that each line is wholly in one table or in none.
// Fails: never. Cost: linear in words and cells.
#pragma once

#include <vector>

#include "extract/page/line.h"
#include "extract/page/page_facts.h"
#include "extract/page/table.h"

namespace docwright::extract {

// Cuts such lines, appends the pieces to `lines` and corrects the tables. Gives for each line the table it lies in, or -1.
std::vector<int> part_lines_and_tables(const PageFacts& facts, std::vector<Line>& lines, std::vector<Table>& tables);

}  // namespace docwright::extract
