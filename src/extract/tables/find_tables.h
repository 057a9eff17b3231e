// The tables of one page: several proposers (rulings, rules with aligned columns, aligned text alone, tags), one judge.
// Takes the page and its lines (extract/text/lines.h), in any order. Units as in extract/page/page_facts.h.
// Gives tables that do not overlap, from the top of the page to its foot, each with its whole grid:
//   every grid position is covered by exactly one cell, empty ones included;
//   a word is in at most one cell and is never cut; each word whose centre lies in the box of a table is in one of its cells.
// Lines whose words are in no cell stay with the caller. Text turned against the page's reading direction is in no table.
// Fails: never; glyphs, lines and rulings that make no sense (not a number, empty, inverted) are passed over.
// Cost: n log n in words and rulings.
// Method: docs of the stages beside this file; the judge's weights are made by script/train_tables.py.
#pragma once

#include <span>
#include <vector>

#include "extract/page/line.h"
#include "extract/page/page_facts.h"
#include "extract/page/table.h"

namespace docwright::extract {

std::vector<Table> find_tables(const PageFacts& facts, std::span<const Line> lines);

}  // namespace docwright::extract
