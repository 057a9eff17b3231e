// Pixels of a part of a page.
#pragma once

#include "base/result.h"
#include "engines/pdf/form_drawing.h"
#include "engines/pdf/page_map.h"
#include "extract/page/page_source.h"

namespace docwright::pdf {

// `form`: nullptr for a document without fields. Errors as PageSource::render.
Result<extract::Bitmap> render_region(FPDF_PAGE page, const PageMap& map, const Box& region, double dpi, FormDrawing* form);

}  // namespace docwright::pdf
