// The documents of the self-tests, one for each kind of engine. Written here so that no file is needed.
#pragma once

#include <string>
#include <string_view>

namespace docwright {

// Operations that the engine knows beside the declared ones; no request can name them.
constexpr std::string_view kSelfTestOperation = "engine-self-test";              // converts the probe as its kind does
constexpr std::string_view kForbiddenThingOperation = "engine-forbidden-thing";  // tries one thing that confinement must prevent

constexpr std::string_view kProbeText = "Docwright reads this line.";

struct Probe {
    std::string file_name;
    std::string document;       // with kProbeText on its only page
    std::string_view expected;  // beginning of what must be in the output
};

// pdf: PDF 1.4 with a font that is not embedded → the text. office: RTF → a PDF. web: HTML → a PDF. Others: plain text → itself.
Probe probe_of(std::string_view kind);

}  // namespace docwright
