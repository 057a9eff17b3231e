// Which of our fonts stands in for a named one.
#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "engines/pdf/fonts.h"

namespace docwright {
namespace {

struct KnownFace {
    std::string_view beginning;  // of the name without subset tag, spaces and punctuation, in lower case
    FontFamily family;
};

// The first five lines are metric-compatible, the rest alike in style. Longer beginnings stand before shorter ones.
constexpr KnownFace kKnownFaces[] = {
    {"arial", FontFamily::Sans},          {"helvetica", FontFamily::Sans},  {"liberationsans", FontFamily::Sans},
    {"timesnewroman", FontFamily::Serif}, {"times", FontFamily::Serif},     {"liberationserif", FontFamily::Serif},
    {"couriernew", FontFamily::Mono},     {"courier", FontFamily::Mono},    {"liberationmono", FontFamily::Mono},
    {"calibri", FontFamily::Carlito},     {"carlito", FontFamily::Carlito}, {"cambria", FontFamily::Caladea},
    {"caladea", FontFamily::Caladea},     {"bookman", FontFamily::Serif},   {"century", FontFamily::Serif},
    {"garamond", FontFamily::Serif},      {"georgia", FontFamily::Serif},   {"minion", FontFamily::Serif},
    {"palatino", FontFamily::Serif},      {"consolas", FontFamily::Mono},   {"lucidaconsole", FontFamily::Mono},
    {"menlo", FontFamily::Mono},          {"monaco", FontFamily::Mono},
};

constexpr std::string_view kBoldWords[] = {"bold", "black", "heavy"};  // "semibold" and "demibold" contain the first
constexpr std::string_view kItalicWords[] = {"italic", "oblique"};
constexpr int kBoldWeight = 600;       // CSS Fonts 4, 5.2: from here on the bolder face is the nearer one
constexpr std::size_t kSubsetTag = 7;  // "ABCDEF+" (ISO 32000-2, 9.9.2)

std::string plain_name(std::string_view face) {
    if (face.size() > kSubsetTag && face[kSubsetTag - 1] == '+') face.remove_prefix(kSubsetTag);
    std::string name;
    for (const char letter : ascii_lowered(face)) {
        if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')) name += letter;
    }
    return name;
}

bool has_one_of(std::string_view name, std::span<const std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

FontFamily family_for(std::string_view name, const FontWish& wish) {
    for (const KnownFace& known : kKnownFaces) {
        if (name.starts_with(known.beginning)) return known.family;
    }
    if (wish.fixed_pitch || name.find("mono") != std::string_view::npos) return FontFamily::Mono;
    if (name.find("sans") != std::string_view::npos) return FontFamily::Sans;
    return wish.serif || name.find("serif") != std::string_view::npos ? FontFamily::Serif : FontFamily::Sans;
}

}  // namespace

FontStyle substitute_for(const FontWish& wish) {
    std::string name = plain_name(wish.face);
    return {family_for(name, wish), wish.weight >= kBoldWeight || has_one_of(name, kBoldWords),
            wish.italic || has_one_of(name, kItalicWords)};
}

}  // namespace docwright
