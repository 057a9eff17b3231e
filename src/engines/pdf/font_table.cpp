#include "engines/pdf/font_table.h"

#include <array>
#include <cctype>

#include "base/ascii.h"
#include "engines/pdf/font_name.h"

namespace docwright::pdf {
namespace {

using extract::FontFacts;

// Flags of a font descriptor (ISO 32000-2, table 121).
constexpr int kFixedPitch = 1 << 0;
constexpr int kSerif = 1 << 1;
constexpr int kSymbolic = 1 << 2;
constexpr int kItalic = 1 << 6;
constexpr int kForceBold = 1 << 18;

template <auto get>
std::string text_of(FPDF_FONT font) {
    unsigned long bytes = get(font, nullptr, 0);
    constexpr unsigned long kLongest = 512;  // names are limited to 127 bytes by the format
    if (bytes <= 1 || bytes > kLongest) return {};
    std::string text(bytes, '\0');
    get(font, text.data(), bytes);
    text.resize(bytes - 1);
    return text;
}

// "Times New Roman" for "TimesNewRomanPSMT", but not a name left over from another font.
bool fits(std::string_view family, std::string_view name) {
    auto letters = [](std::string_view text) {
        std::string kept;
        for (unsigned char c : text) {
            if (std::isalnum(c)) kept += ascii_lower(static_cast<char>(c));
        }
        return kept;
    };
    std::string a = letters(family), b = letters(name);
    return !a.empty() && (a.starts_with(b) || b.starts_with(a));
}

FontFacts facts_of(FPDF_FONT font, const std::string& full_name) {
    FontFacts facts;
    facts.subset = has_subset_prefix(full_name);
    facts.name = without_subset_prefix(full_name);
    facts.embedded = FPDFFont_GetIsEmbedded(font) == 1;
    int flags = std::max(0, FPDFFont_GetFlags(font));
    std::string family(without_subset_prefix(text_of<FPDFFont_GetFamilyName>(font)));
    facts.family = facts.embedded && fits(family, facts.name) ? family : family_in_name(facts.name);
    int named_weight = weight_in_name(facts.name);
    facts.weight = named_weight ? named_weight : (flags & kForceBold) ? 700 : 400;
    int slant = 0;
    facts.italic = italic_in_name(facts.name) || (flags & kItalic) || (FPDFFont_GetItalicAngle(font, &slant) && slant != 0);
    facts.serif = (flags & kSerif) || serif_in_name(facts.name);
    facts.monospaced = (flags & kFixedPitch) || monospaced_in_name(facts.name);
    facts.symbolic = flags & kSymbolic;
    facts.math = math_in_name(facts.name);
    float ascent = 0, descent = 0;
    // Values beyond two em are damage, and a font without height is one that does not say.
    if (FPDFFont_GetAscent(font, 1, &ascent) && FPDFFont_GetDescent(font, 1, &descent) && ascent > 0 && ascent < 2 && descent <= 0 &&
        descent > -2) {
        facts.ascent = ascent;
        facts.descent = -descent;
    }
    return facts;
}

}  // namespace

extract::FontIndex FontTable::index_of(FPDF_FONT font) {
    auto known = by_handle_.find(font);
    if (known != by_handle_.end()) return known->second;
    std::string full_name = font ? text_of<FPDFFont_GetBaseFontName>(font) : "";
    FontFacts facts = font ? facts_of(font, full_name) : FontFacts{};
    std::string key = full_name + (facts.embedded ? "|e" : "|n") + std::to_string(facts.ascent) + "|" + std::to_string(facts.descent) +
                      "|" + std::to_string(facts.weight) + (facts.italic ? "i" : "");
    auto [place, is_new] = by_name_.emplace(key, static_cast<extract::FontIndex>(facts_.size()));
    if (is_new) {
        FontEntry entry = lookup_(facts.name);
        facts.type = entry.type;
        facts.subset = facts.subset || entry.subset;  // PDFium leaves the prefix out for embedded simple fonts
        // The name is more reliable than the descriptor, which many writers fill with 400.
        if (facts.weight == 400 && entry.weight > 0) facts.weight = entry.weight;
        facts_.push_back(std::move(facts));
        tallies_.emplace_back();
    }
    by_handle_.emplace(font, place->second);
    return place->second;
}

void FontTable::count(extract::FontIndex font, char32_t code, bool map_error) {
    constexpr std::uint32_t kEnough = 10;  // fewer characters are no evidence: a bullet font has one
    constexpr double kBadShare = 0.2;
    Tally& tally = tallies_[font];
    ++tally.all;
    bool private_use = (code >= 0xE000 && code <= 0xF8FF) || code >= 0xF0000;
    if (map_error || code < 0x20 || code == 0xFFFD || private_use || (code >= 0x7F && code < 0xA0)) ++tally.bad;
    facts_[font].maps_badly = tally.bad >= kEnough && tally.bad > kBadShare * tally.all;
}

}  // namespace docwright::pdf
