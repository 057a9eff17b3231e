// Paths that are neither rulings nor fills → clusters of neighbours: vector figures or parts of them.
#pragma once

#include "engines/pdf/painted.h"

namespace docwright::pdf {

// Fills on which no text stands and that touch a cluster belong to it (the bars of a chart) and widen it; they stay fills too.
// Sorted by top, then left. Cost: linear in paths, fills and glyphs.
std::vector<extract::Drawing> clustered_drawings(const Painted& painted, const Box& page, const std::vector<extract::Glyph>& glyphs);

}  // namespace docwright::pdf
