// Numbers in the margins that count the lines of the text, as in verse, statutes and scholarly editions. They are no part of the
// text beside them: left among its atoms they would cut it into pieces. Units: points, upright reading space.
// Fails: never; where it is not sure, the numbers stay in the text. Cost: O(n log n), and O(n) for each column found.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "extract/layout/atoms.h"
#include "extract/page/line.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

struct NumberColumn {
    Box box;
    std::vector<std::uint32_t> lines;  // of the page, from the top
};

// Takes the columns of line numbers out of the atoms of a page's body.
std::vector<NumberColumn> take_line_numbers(const PageFacts& facts, std::span<const Line> lines, std::vector<Atom>& atoms);

}  // namespace docwright::extract
