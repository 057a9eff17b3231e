// Glyphs of a page → words and lines.
// Baselines are clustered along the writing direction; a row of glyphs is split into lines where white is wider than the row's own
// word spaces explain, so that no line runs over a column gutter. Superscripts and subscripts join their line and are marked.
// Units: points, origin top left. Lines come frame by frame (upright text first), from top to bottom, then from left to right.
// Holds: each glyph that takes part (visible, or hidden with `include_hidden`; never a duplicate) is in exactly one line and one
// word of it. Fails: never; glyphs with places that are not finite numbers are in no line. Cost: O(n log n).
#pragma once

#include <vector>

#include "extract/page/line.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

std::vector<Line> build_lines(const PageFacts& facts, bool include_hidden);

}  // namespace docwright::extract
