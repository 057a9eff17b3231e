#include "extract/classify/summary.h"

#include <cmath>

namespace docwright::extract {

namespace {

constexpr float kTenths = 10;

StyleKey key_of(const TextStyle& style) {
    return {.font = style.font, .size_tenths = static_cast<int>(std::lround(style.size * kTenths)), .color = style.color};
}

}  // namespace

PageSummary summarise(const AnalysedPage& page, std::span<const FontFacts>) {
    PageSummary summary{.page_index = page.facts.page_index, .width = page.facts.width, .height = page.facts.height};
    for (const Line& line : page.lines) {
        for (std::uint32_t glyph : line.glyphs) ++summary.glyphs_by_style[key_of(page.facts.styles[page.facts.glyphs[glyph].style])];
        summary.glyph_count += static_cast<std::uint32_t>(line.glyphs.size());
    }
    return summary;
}

}  // namespace docwright::extract
