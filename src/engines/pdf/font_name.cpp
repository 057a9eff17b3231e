#include "engines/pdf/font_name.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <utility>

#include "base/ascii.h"

namespace docwright::pdf {
namespace {

bool names_any(std::string_view low, std::span<const std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return low.find(word) != std::string_view::npos; });
}

// Suffixes of foundries that belong to no family.
constexpr std::string_view kMakers[] = {"PSMT", "PS", "MT"};

struct WeightWord {
    std::string_view word;
    int weight;
};
// Longer words before those that they contain.
constexpr WeightWord kWeightWords[] = {
    {"extralight", 200}, {"ultralight", 200}, {"thin", 100},      {"semilight", 350}, {"light", 300}, {"semibold", 600},
    {"demibold", 600},   {"extrabold", 800},  {"ultrabold", 800}, {"black", 900},     {"heavy", 900}, {"bold", 700},
    {"-demi", 600},      {",demi", 600},      {"medium", 500},    {"-semi", 600},     {"-hvy", 900},  {"-blk", 900},
};
// TeX: cmbx10, cmb10, cmssbx10, cmbxti10, ecbx1000, sfbx1000, lmbx …
constexpr std::string_view kTexBold[] = {"cmbx", "cmb1", "cmssbx", "ecbx", "sfbx", "lmbx", "cmbsy", "cmmib", "ntxbmi", "txb"};
constexpr std::string_view kTexItalic[] = {"cmti", "cmmi", "cmsl", "cmbxti", "cmbxsl", "cmssi", "ecti", "sfti", "ecsl"};

}  // namespace

bool has_subset_prefix(std::string_view name) {
    return name.size() > 7 && name[6] == '+' && std::ranges::all_of(name.substr(0, 6), [](unsigned char c) { return std::isupper(c); });
}

std::string_view without_subset_prefix(std::string_view name) { return has_subset_prefix(name) ? name.substr(7) : name; }

std::string family_in_name(std::string_view name) {
    std::string_view family = name.substr(0, name.find_first_of(",-"));
    for (std::string_view maker : kMakers) {
        if (family.size() > maker.size() + 2 && family.ends_with(maker)) {
            family.remove_suffix(maker.size());
            break;
        }
    }
    return std::string(family.empty() ? name : family);
}

int weight_in_name(std::string_view name) {
    std::string low = ascii_lowered(name);
    if (names_any(low, kTexBold)) return 700;
    // The URW fonts call the bold of their Times and Bookman so.
    if (low.starts_with("nimbusrom") && low.find("-medi") != std::string::npos) return 700;
    for (const WeightWord& each : kWeightWords) {
        if (low.find(each.word) != std::string::npos) return each.weight;
    }
    return 0;
}

bool italic_in_name(std::string_view name) {
    constexpr std::string_view kWords[] = {"italic", "oblique", "slanted", "kursiv", "-ital",
                                           "-it",    "boldit",  "-obl",    "-slant", "inclined"};
    std::string low = ascii_lowered(name);
    return names_any(low, kWords) || names_any(low, kTexItalic);
}

bool monospaced_in_name(std::string_view name) {
    constexpr std::string_view kWords[] = {"courier", "mono", "consol", "typewriter",  "cmtt",  "cmsltt",   "ectt",
                                           "sftt",    "lmtt", "menlo",  "inconsolata", "fixed", "nimbusmon"};
    return names_any(ascii_lowered(name), kWords);
}

bool serif_in_name(std::string_view name) {
    constexpr std::string_view kSans[] = {"sans", "helvetica", "arial", "cmss", "gothic"};
    constexpr std::string_view kWords[] = {"times",   "serif",      "roman",   "nimbusrom", "garamond", "georgia",     "palatino",
                                           "bookman", "schoolbook", "cambria", "minion",    "caslon",   "baskerville", "bodoni",
                                           "cmr",     "cmbx",       "cmti",    "charter",   "utopia",   "mincho",      "song"};
    std::string low = ascii_lowered(name);
    return !names_any(low, kSans) && names_any(low, kWords);
}

bool math_in_name(std::string_view name) {
    constexpr std::string_view kStarts[] = {"cmmi",     "cmsy",     "cmex",  "cmbsy", "cmmib", "msam",     "msbm",   "eufm",
                                            "eurm",     "eusm",     "rsfs",  "wasy",  "mtsy",  "mtmi",     "mtex",   "lmmathit",
                                            "lmmathsy", "lmmathex", "txsy",  "txmi",  "txex",  "pxsy",     "pxmi",   "pxex",
                                            "ntxmi",    "ntxsy",    "ntxex", "rtxmi", "rpxmi", "stixmath", "newtxmi"};
    constexpr std::string_view kWords[] = {"math", "mathtype", "symbolmt"};
    std::string low = ascii_lowered(name);
    return std::ranges::any_of(kStarts, [&](std::string_view start) { return low.starts_with(start); }) || names_any(low, kWords);
}

}  // namespace docwright::pdf
