// Which installed family stands in for one that a document asks for. Asks the fontconfig library that LibreOffice has loaded and
// takes its own answer from, so this needs a started Office in the process.
#pragma once

#include <string>
#include <vector>

namespace docwright::office {

struct FontMatch {
    std::string family;              // "" where fontconfig cannot be asked
    bool metric_compatible = false;  // made to have the same widths, so that lines and pages break alike
};

// The families that may have been used instead, the likeliest first. The same family: it is installed.
std::vector<FontMatch> matches_of(const std::string& requested);

}  // namespace docwright::office
