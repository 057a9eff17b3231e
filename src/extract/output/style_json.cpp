#include "extract/output/style_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "extract/output/json_text.h"
#include "extract/page/keys.h"

namespace docwright::extract {
namespace {

constexpr int kBoldWeight = 600;  // below it, the contract says 0
constexpr int kHeaviest = 1000;
constexpr int kRegularWeight = 400;
constexpr double kSmallestSize = 0.01;  // a size is more than nothing, whatever the matrix did to it

int written_weight(const FontFacts& font) { return font.weight < kBoldWeight ? 0 : std::min(font.weight, kHeaviest); }
double written_size(const TextStyle& style) { return std::max<double>(kSmallestSize, std::isfinite(style.size) ? style.size : 0); }
std::string written_color(std::uint32_t color) { return fmt::format("#{:06X}", color & 0xFFFFFFU); }
std::string_view or_unknown(const std::string& text) { return text.empty() ? std::string_view("unknown") : text; }

std::string whole_style(const TextStyle& style, const FontFacts& font) {
    JsonText json;
    json.begin_object().flag(key::kFontEmbedded, font.embedded).member(key::kFontEncoding, "UTF-8");
    json.member(key::kFontFamilyName, or_unknown(font.family.empty() ? font.name : font.family))
        .member(key::kFontType, or_unknown(font.type));
    json.flag(key::kFontItalic, font.italic).flag(key::kFontMonospaced, font.monospaced).member(key::kFontName, or_unknown(font.name));
    json.flag(key::kFontSubset, font.subset)
        .key(key::kFontWeight)
        .integer(written_weight(font))
        .key(key::kFontSize)
        .pointed(written_size(style));
    if (font.weight > 0 && font.weight < kBoldWeight && font.weight != kRegularWeight) json.key(key::kFontWeightCss).integer(font.weight);
    json.member(key::kFontColor, written_color(style.color)).end_object();
    return json.take();
}

const FontFacts& no_font() {
    static const FontFacts kNone;
    return kNone;
}

}  // namespace

const FontFacts* StyleTexts::font(StyleIndex index) const {
    const TextStyle* style = this->style(index);
    return style && style->font < fonts_.size() ? &fonts_[style->font] : nullptr;
}

const std::string& StyleTexts::whole(StyleIndex index) {
    static const std::string kNone = whole_style({}, {});
    if (index >= styles_.size()) return kNone;
    std::string& text = whole_[index];
    if (text.empty()) text = whole_style(styles_[index], font(index) ? *font(index) : no_font());
    return text;
}

std::string StyleTexts::deviation(StyleIndex base_index, const Span& span) const {
    JsonText json;
    const TextStyle* base = style(base_index);
    const TextStyle* own = style(span.style);
    if (base && own && base_index != span.style) {
        const FontFacts& there = font(base_index) ? *font(base_index) : no_font();
        const FontFacts& here = font(span.style) ? *font(span.style) : no_font();
        if (here.embedded != there.embedded) json.flag(key::kFontEmbedded, here.embedded);
        if (here.family != there.family && !here.family.empty()) json.member(key::kFontFamilyName, here.family);
        if (here.type != there.type && !here.type.empty()) json.member(key::kFontType, here.type);
        if (here.italic != there.italic) json.flag(key::kFontItalic, here.italic);
        if (here.monospaced != there.monospaced) json.flag(key::kFontMonospaced, here.monospaced);
        if (here.name != there.name && !here.name.empty()) json.member(key::kFontName, here.name);
        if (here.subset != there.subset) json.flag(key::kFontSubset, here.subset);
        if (written_weight(here) != written_weight(there)) json.key(key::kFontWeight).integer(written_weight(here));
        if (std::abs(own->size - base->size) > kSmallestSize) json.key(key::kFontSize).pointed(written_size(*own));
        if (own->color != base->color) json.member(key::kFontColor, written_color(own->color));
    }
    if (span.underline) json.flag(key::kUnderline, true);
    if (span.strikethrough) json.flag(key::kStrikethrough, true);
    if (span.raised != Raised::No) json.member(key::kPosition, span.raised == Raised::Superscript ? "superscript" : "subscript");
    return json.take();
}

}  // namespace docwright::extract
