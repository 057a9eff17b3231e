// Raster images of a page: where they stand and what their files are like. No pixel is decoded here.
#pragma once

#include "engines/pdf/page_objects.h"
#include "engines/pdf/painted.h"

namespace docwright::pdf {

void read_image(const PageObject& object, std::uint32_t paint_order, FPDF_PAGE page, extract::PageFacts& facts, Painted& painted);

// Whether nothing shines through: no soft mask, no colour key. Decodes the image at the size it has on the page.
bool is_opaque_image(FPDF_DOCUMENT document, FPDF_PAGE page, FPDF_PAGEOBJECT object);

// The bytes of an image's stream as they stand in the file.
std::string raw_image_bytes(FPDF_PAGEOBJECT object);

}  // namespace docwright::pdf
