// The size in points that most glyphs of a page's lines have, to half a point; 0 without lines. Fails: never. Cost: O(lines).
#pragma once

#include <span>

#include "extract/page/line.h"

namespace docwright::extract {

double text_size_of(std::span<const Line> lines);
// Larger than the text around it, as headings are: steps of size below this are not seen.
constexpr double kHeadingSize = 1.12;

}  // namespace docwright::extract
