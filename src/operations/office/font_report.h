// Which of the fonts that a document asks for were not there, and what was used instead: by comparing what it declares with what
// is in the PDF.
#pragma once

#include <span>
#include <string>

#include "base/json.h"

namespace docwright {

// `declared`: families in the document's markup; `missing`: families that LibreOffice says it lacks; `in_pdf`: PostScript names.
// Only what was really used is told. In the order of the names, at most limits::kOfficeFontsReported.
json::array substituted_fonts(std::span<const std::string> declared, std::span<const std::string> missing,
                              std::span<const std::string> in_pdf);

}  // namespace docwright
