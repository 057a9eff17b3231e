#include "extract/text/vertical.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

// Fewer characters under each other are rows of a table.
constexpr std::size_t kLeastRun = 4;
constexpr double kLeastIdeographs = 0.6;  // of a run; the rest is punctuation and digits
// Characters of a vertical line share their middle; small kana and punctuation stand a little aside.
constexpr double kSameMiddleEm = 0.35;
// From one character to the next: a cell of one em, a little less or more. Rows of a table are further apart.
constexpr double kLeastStepEm = 0.4;
constexpr double kMostStepEm = 1.35;

bool follows_downwards(const PageFacts& facts, const Glyph& before, const Glyph& next) {
    const TextStyle &a = facts.styles[before.style], &b = facts.styles[next.style];
    if (a.angle != 0 || b.angle != 0 || a.size <= 0) return false;
    const double down = next.advance.center_y() - before.advance.center_y();
    return std::abs(next.advance.center_x() - before.advance.center_x()) <= kSameMiddleEm * a.size && down >= kLeastStepEm * a.size &&
           down <= kMostStepEm * a.size;
}

}  // namespace

std::vector<bool> vertical_glyphs(const PageFacts& facts) {
    const std::vector<Glyph>& glyphs = facts.glyphs;
    std::vector<bool> vertical(glyphs.size(), false);
    for (std::size_t first = 0, end = 0; first < glyphs.size(); first = end) {
        end = first + 1;
        std::size_t ideographs = is_ideograph(glyphs[first].code) ? 1 : 0;
        if (ideographs == 0) continue;
        for (; end < glyphs.size() && follows_downwards(facts, glyphs[end - 1], glyphs[end]); ++end)
            ideographs += is_ideograph(glyphs[end].code) ? 1 : 0;
        const double count = static_cast<double>(end - first);
        if (end - first < kLeastRun || static_cast<double>(ideographs) < kLeastIdeographs * count) continue;
        std::fill(vertical.begin() + static_cast<std::ptrdiff_t>(first), vertical.begin() + static_cast<std::ptrdiff_t>(end), true);
    }
    return vertical;
}

}  // namespace docwright::extract
