// Lines, tables, images and drawings of a page → blocks in reading order, with figures and frames.
// Units: points, origin top left. Takes the lines of extract/text/ and the tables that extract/tables/ found among them.
// Holds: every line is in exactly one block, table or figure, and every table and figure is a block. A line that lies only partly
// in a table is cut: its other words become a line of their own.
// Fails: never. Cost: O(n log n) in lines.
#pragma once

#include <vector>

#include "extract/page/analysed_page.h"

namespace docwright::extract {

AnalysedPage lay_out(PageFacts facts, std::vector<Line> lines, std::vector<Table> tables);

}  // namespace docwright::extract
