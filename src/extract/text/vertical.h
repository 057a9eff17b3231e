// Vertical writing (Chinese, Japanese): upright characters from top to bottom, lines from right to left. The file need not say so;
// it is seen in characters that follow each other downwards, close and centred. Geometrically such a line is one turned by a
// quarter clockwise, and it is given on as that.
// Units: points, page space. Fails: never. Cost: O(n).
#pragma once

#include <vector>

#include "extract/page/page_facts.h"

namespace docwright::extract {

// Per glyph, whether it is part of a vertical line.
std::vector<bool> vertical_glyphs(const PageFacts& facts);

}  // namespace docwright::extract
