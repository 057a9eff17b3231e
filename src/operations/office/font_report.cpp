#include "operations/office/font_report.h"

#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "base/limits.h"
#include "engines/office/font_match.h"
#include "engines/pdf/font_name.h"

namespace docwright {
namespace {

// "Liberation Sans" and "LiberationSans-Bold" have these letters in common.
std::string letters(std::string_view name) {
    std::string kept;
    for (const char c : ascii_lowered(name)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) kept += c;
    }
    return kept;
}

std::set<std::string> families(std::span<const std::string> in_pdf) {
    std::set<std::string> found;
    for (const std::string& name : in_pdf) found.insert(letters(pdf::family_in_name(name)));
    return found;
}

}  // namespace

json::array substituted_fonts(std::span<const std::string> declared, std::span<const std::string> missing,
                              std::span<const std::string> in_pdf) {
    const std::set<std::string> used = families(in_pdf);
    std::set<std::string> requested(declared.begin(), declared.end());
    std::set<std::string> lacking;  // LibreOffice tells a list of families as one name: "Liberation Serif;Times New Roman"
    for (const std::string& name : missing) lacking.insert(name.substr(0, name.find(';')));
    for (const std::string& name : lacking) requested.insert(name);
    json::array report;
    for (const std::string& name : requested) {
        if (used.contains(letters(name)) || report.size() >= limits::kOfficeFontsReported) continue;
        const std::vector<office::FontMatch> matches = office::matches_of(name);
        auto match = std::ranges::find_if(matches, [&](const office::FontMatch& each) { return used.contains(letters(each.family)); });
        if (match != matches.end() && match->family != name) {
            report.push_back({{"requested", name}, {"used", match->family}, {"metricCompatible", match->metric_compatible}});
        } else if (match == matches.end() && lacking.contains(name)) {
            report.push_back({{"requested", name}, {"metricCompatible", false}});  // which one took its place cannot be told
        }
    }
    return report;
}

}  // namespace docwright
