#include "engines/pdf/duplicates.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <tuple>
#include <vector>

namespace docwright::pdf {
namespace {

using extract::Glyph;
using extract::Hidden;

// A shadow is less than this away from its letter; the narrowest letters ("ll", "ii") advance by a fifth of an em.
constexpr double kShadowEm = 0.12;
constexpr double kSameSize = 0.05;       // of the size
constexpr double kSameAngle = 1.0;       // degrees
constexpr std::size_t kMostLooks = 256;  // glyphs of one letter in one upright strip that are looked at

// What the search compares, side by side in memory: it passes over every glyph of the page many times.
struct Spot {
    char32_t code;
    std::uint32_t glyph;
    double x, y;  // the origin
    double reach;
};

std::vector<Spot> spots_of(const extract::PageFacts& facts) {
    std::vector<Spot> spots;
    spots.reserve(facts.glyphs.size());
    for (std::uint32_t i = 0; i < facts.glyphs.size(); ++i) {
        const Glyph& glyph = facts.glyphs[i];
        if (glyph.hidden != Hidden::No || !std::isfinite(glyph.origin_x) || !std::isfinite(glyph.origin_y)) continue;
        spots.push_back({glyph.code, i, glyph.origin_x, glyph.origin_y, kShadowEm * facts.styles[glyph.style].size / (1 - kSameSize)});
    }
    return spots;
}

bool is_duplicate(const extract::PageFacts& facts, const Glyph& below, const Glyph& above) {
    if (below.paint_order == above.paint_order) return false;  // within one text object letters follow each other
    const extract::TextStyle &a = facts.styles[below.style], &b = facts.styles[above.style];
    return std::abs(below.origin_x - above.origin_x) <= kShadowEm * b.size &&
           std::abs(below.origin_y - above.origin_y) <= kShadowEm * b.size && std::abs(a.size - b.size) <= kSameSize * b.size &&
           std::abs(a.angle - b.angle) <= kSameAngle;
}

}  // namespace

void mark_duplicate_glyphs(extract::PageFacts& facts) {
    std::vector<Spot> spots = spots_of(facts);
    std::ranges::sort(spots, {}, [](const Spot& spot) { return std::tuple(spot.code, spot.x, spot.glyph); });
    for (std::size_t i = 0; i < spots.size(); ++i) {
        Glyph& one = facts.glyphs[spots[i].glyph];
        for (std::size_t k = i + 1; k < spots.size() && k - i <= kMostLooks && one.hidden == Hidden::No; ++k) {
            if (spots[k].code != spots[i].code || spots[k].x - spots[i].x > spots[i].reach) break;
            if (std::abs(spots[k].y - spots[i].y) > spots[i].reach) continue;
            Glyph& other = facts.glyphs[spots[k].glyph];
            if (other.hidden != Hidden::No) continue;
            Glyph& below = one.paint_order < other.paint_order ? one : other;
            Glyph& above = one.paint_order < other.paint_order ? other : one;
            if (is_duplicate(facts, below, above)) below.hidden = Hidden::Duplicate;
        }
    }
}

}  // namespace docwright::pdf
