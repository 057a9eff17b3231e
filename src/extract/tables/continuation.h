// Does a table go on over a page break? What contract/structure-info.md 5.3 asks for: equal columns (by their edges, or by a
// repeated head), nothing but furniture and notes between the pieces, no new caption. In doubt they are two tables.
// Takes the last table of a page and the first of the next as TableEdge (extract/page/summary.h). Units: points; the pages may
// differ in margins, so that edges are compared after a shift. Fails: never. Cost: linear in cells of the first rows.
#pragma once

#include <cstdint>
#include <span>

#include "extract/page/line.h"
#include "extract/page/page_facts.h"
#include "extract/page/summary.h"
#include "extract/page/table.h"

namespace docwright::extract {

// `reaches_top`, `reaches_bottom` and `captioned` are left to the caller, who knows furniture and captions.
TableEdge table_edge(const Table& table, std::uint32_t index, const PageFacts& facts, std::span<const Line> lines);

struct Continuation {
    bool continues = false;
    int repeated_header_rows = 0;      // rows at the top of the second piece that repeat the head of the first
    bool first_row_continues = false;  // the first row after them is the rest of the last row of the first piece
};

Continuation continuation(const TableEdge& above, const TableEdge& below);

}  // namespace docwright::extract
