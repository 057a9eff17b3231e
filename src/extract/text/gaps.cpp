#include "extract/text/gaps.h"

#include <algorithm>
#include <cstddef>

namespace docwright::extract {

namespace {

// White without a space glyph that still parts words. Kerning reaches 0.08 em, tight justified text starts at 0.17 em.
constexpr double kWordGapEm = 0.13;
// In a row that writes its spaces as glyphs, white alone must be wider to part words: it is mostly kerning and letter space.
constexpr double kWordGapBesideSpacesEm = 0.22;
// A space glyph over which the text steps back is overprinted: the letters touch.
constexpr double kTouchingEm = -0.1;
// A word space of a row without any: that of most fonts.
constexpr double kUsualSpaceEm = 0.28;
// Justified text stretches its spaces evenly. A gap several times the row's own space is no space, if it is wide in itself.
constexpr double kColumnSpaces = 2.6;
constexpr double kColumnLeastEm = 0.95;
// A gap that the content itself writes as a space needs more evidence than one over which it jumps.
constexpr double kColumnSpacesWritten = 3.4;
constexpr double kColumnLeastWrittenEm = 1.5;
// Where the content itself jumps from elsewhere to here, much less white is a gutter: only a wide word space explains it.
constexpr double kColumnSpacesJumped = 1.5;
constexpr double kColumnLeastJumpedEm = 0.5;
// Accents and small capitals are drawn out of turn, but within a glyph or two.
constexpr long kInTurn = 2;
// Wider than this no word space is, whatever the row.
constexpr double kColumnMostEm = 2.5;

double median_of(std::vector<double> values, double otherwise) {
    if (values.empty()) return otherwise;
    auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

bool follows_in_content(const PlacedGlyph& before, const PlacedGlyph& glyph) {
    const long step = static_cast<long>(glyph.order) - static_cast<long>(before.order);
    return step >= -kInTurn && step <= kInTurn;
}

}  // namespace

std::vector<Gap> judge_gaps(const Row& row) {
    const std::size_t count = row.glyphs.size();
    std::vector<double> white(count, 0);
    std::vector<double> tight;
    bool writes_spaces = false;
    double reach = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const PlacedGlyph& glyph = row.glyphs[i].place;
        if (i > 0) {
            white[i] = (glyph.from - reach) / std::max({glyph.size, row.glyphs[i - 1].place.size, 1e-6});
            if (glyph.space_before) writes_spaces = true;
            if (!glyph.space_before && white[i] < kColumnLeastEm) tight.push_back(white[i]);
        }
        reach = i == 0 ? glyph.to : std::max(reach, glyph.to);
    }
    const double letter_space = std::max(0.0, median_of(tight, 0));
    const double word_gap = letter_space + (writes_spaces ? kWordGapBesideSpacesEm : kWordGapEm);

    std::vector<Gap> gaps(count, Gap::Inside);
    std::vector<double> spaces;
    for (std::size_t i = 1; i < count; ++i) {
        const bool written = row.glyphs[i].place.space_before && white[i] > kTouchingEm;
        if (!written && white[i] <= word_gap) continue;
        gaps[i] = Gap::Word;
        if (white[i] < kColumnMostEm) spaces.push_back(white[i]);
    }
    const double space = median_of(std::move(spaces), kUsualSpaceEm);
    for (std::size_t i = 1; i < count; ++i) {
        if (gaps[i] != Gap::Word) continue;
        const bool written = row.glyphs[i].place.space_before;
        const bool jumped = !follows_in_content(row.glyphs[i - 1].place, row.glyphs[i].place);
        double limit =
            written ? std::max(kColumnLeastWrittenEm, kColumnSpacesWritten * space) : std::max(kColumnLeastEm, kColumnSpaces * space);
        if (jumped) limit = std::max(kColumnLeastJumpedEm, kColumnSpacesJumped * space);
        if (white[i] > std::min(limit, kColumnMostEm)) gaps[i] = Gap::Column;
    }
    if (count > 0) gaps[0] = Gap::Column;
    return gaps;
}

}  // namespace docwright::extract
