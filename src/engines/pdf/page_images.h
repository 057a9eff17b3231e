// Raster images of a page: where they stand and what their files are like. No pixel is decoded here.
#pragma once

#include "engines/pdf/page_objects.h"
#include "engines/pdf/page_resources.h"
#include "engines/pdf/painted.h"
#include "extract/page/page_source.h"

namespace docwright::pdf {

void read_image(const PageObject& object, std::uint32_t paint_order, FPDF_PAGE page, const PageResources& resources,
                extract::PageFacts& facts, Painted& painted);

// The bytes of an image's stream as they stand in the file.
std::string raw_image_bytes(FPDF_PAGEOBJECT object);

// Errors as PageSource::embedded_image.
Result<extract::EmbeddedImage> embedded_image(FPDF_PAGEOBJECT object);

}  // namespace docwright::pdf
