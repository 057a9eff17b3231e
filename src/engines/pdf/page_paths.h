// Paths of a page → pieces of rulings, fills and drawings.
#pragma once

#include "engines/pdf/page_objects.h"
#include "engines/pdf/painted.h"

namespace docwright::pdf {

// Appends in paint order. Stops at limits::kPathSegmentsPerPage.
void read_path(const PageObject& object, std::uint32_t paint_order, Painted& painted);

}  // namespace docwright::pdf
