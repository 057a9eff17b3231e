// The page's part of the structure tree.
#pragma once

#include "engines/pdf/handles.h"
#include "extract/page/page_facts.h"

namespace docwright::pdf {

void read_tags(FPDF_PAGE page, extract::PageFacts& facts);

}  // namespace docwright::pdf
