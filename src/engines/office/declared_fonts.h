// The font families that a document asks for, read from its markup. Not every one of them is used, and binary documents give
// none: what came of them is seen by comparing with the fonts of the PDF.
// Elements and attributes: ECMA-376-1, 17.3.2.26 (rFonts), 21.1.2.3 (latin, ea, cs, sym, buFont), 18.8.29 and 18.4.5 (name, rFont);
// OpenDocument 1.3 part 3, 16.23 (font-face); RTF 1.9.1, font table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engines/office/document_kind.h"

namespace docwright::office {

std::vector<std::string> declared_fonts(std::string_view bytes, const DocumentKind& kind);  // sorted, each once

}  // namespace docwright::office
