// Glyphs of a page: PDFium's text page turned into PageFacts::glyphs, styles and further.
#pragma once

#include "engines/pdf/font_table.h"
#include "engines/pdf/page_objects.h"
#include "engines/pdf/pattern_fills.h"
#include "extract/page/page_facts.h"

namespace docwright::pdf {

// Hidden::No or what the text object alone says (render mode, alpha, size); visibility.h does the rest.
void read_glyphs(const PatternFills& patterns, FPDF_TEXTPAGE text, const PageObjects& objects, const Affine& to_page, FontTable& fonts,
                 extract::PageFacts& facts);

}  // namespace docwright::pdf
