// Paths of a page → pieces of rulings, fills and drawings.
#pragma once

#include "engines/pdf/page_objects.h"
#include "engines/pdf/painted.h"
#include "engines/pdf/pattern_fills.h"

namespace docwright::pdf {

// Appends in paint order. Stops at limits::kPathSegmentsPerPage.
void read_path(const PatternFills& patterns, const PageObject& object, std::uint32_t paint_order, Painted& painted);

// A shading painted over its clip: its colours are not known.
void read_shading(const PageObject& object, std::uint32_t paint_order, Painted& painted);

}  // namespace docwright::pdf
