// The document of the self-test: one page with one line in a font that is not embedded. Written here so that no file is needed.
#pragma once

#include <string>
#include <string_view>

namespace docwright {

// Operations that the engine knows beside the declared ones; no request can name them.
constexpr std::string_view kSelfTestOperation = "engine-self-test";              // reads the document, writes its text to the output
constexpr std::string_view kForbiddenThingOperation = "engine-forbidden-thing";  // tries one thing that confinement must prevent

constexpr std::string_view kProbeText = "Docwright reads this line.";

std::string probe_document();  // PDF 1.4, the text above in Helvetica

}  // namespace docwright
