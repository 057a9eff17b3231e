// Plots: charts that are drawn with rulings and bars. What tells them is their scale: numbers at even distances that change by even
// steps, beside an axis or at the heights of grid lines. A column of a table has no such numbers.
// Units: points, page space. Holds: plots touch no table. Fails: never. Cost: numbers squared (few are left after the tables, and
// no more than a limit are looked at), rulings times scales.
#pragma once

#include <span>
#include <vector>

#include "extract/page/line.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

struct Plot {
    Box area;  // inside the axes
    Box box;   // with its scale, or the frame round all of it
};

// `free_lines`: per line, whether it is in no table. `frames`: closed boxes of rulings (frames.h).
std::vector<Plot> find_plots(const PageFacts& facts, std::span<const Line> lines, const std::vector<bool>& free_lines,
                             std::span<const Box> tables, std::span<const Box> frames);

}  // namespace docwright::extract
