#include "extract/text/shared_gaps.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace docwright::extract {

namespace {

// White that could be a gutter, against the size and against the row's usual word space.
constexpr double kLeastEm = 0.6;
constexpr double kLeastSpaces = 2.2;
// Rows that are asked: this many above and below, no further than some lines.
constexpr std::size_t kNeighbours = 4;
constexpr double kReachEm = 5.5;
// So many of them must leave the place white; justified text does so by chance in one or two.
constexpr int kAgreeing = 3;
// White that they share.
constexpr double kSharedEm = 0.45;

struct Candidate {
    double from = 0, to = 0;
    std::size_t glyph = 0;  // of the row: the white is before it
    bool column = false;
};

std::vector<Candidate> candidates_of(const Row& row, std::span<const Gap> gaps) {
    std::vector<double> spaces;
    std::vector<Candidate> wide;
    double reach = row.glyphs.front().place.to;
    for (std::size_t i = 1; i < row.glyphs.size(); ++i) {
        const PlacedGlyph& glyph = row.glyphs[i].place;
        if (gaps[i] != Gap::Inside) {
            const double white = glyph.from - reach;
            if (gaps[i] == Gap::Word) spaces.push_back(white);
            if (gaps[i] == Gap::Column || white >= kLeastEm * row.size)
                wide.push_back({.from = reach, .to = glyph.from, .glyph = i, .column = gaps[i] == Gap::Column});
        }
        reach = std::max(reach, glyph.to);
    }
    if (spaces.empty()) return wide;
    auto middle = spaces.begin() + static_cast<std::ptrdiff_t>(spaces.size() / 2);
    std::nth_element(spaces.begin(), middle, spaces.end());
    const double least = kLeastSpaces * *middle;
    std::erase_if(wide, [&](const Candidate& gap) { return !gap.column && gap.to - gap.from < least; });
    return wide;
}

// How far another row speaks for the gap: one that is split there by itself counts twice.
int support(const Candidate& gap, std::span<const Candidate> others, double least) {
    int most = 0;
    for (const Candidate& other : others)
        if (std::min(gap.to, other.to) - std::max(gap.from, other.from) >= least) most = std::max(most, other.column ? 2 : 1);
    return most;
}

}  // namespace

void agree_on_gutters(std::span<const Row> rows, std::span<std::vector<Gap>> gaps) {
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rows[a].baseline < rows[b].baseline; });
    std::vector<std::vector<Candidate>> wide;
    for (std::size_t i = 0; i < rows.size(); ++i)
        wide.push_back(rows[i].glyphs.empty() ? std::vector<Candidate>{} : candidates_of(rows[i], gaps[i]));
    for (std::size_t at = 0; at < order.size(); ++at) {
        const Row& row = rows[order[at]];
        for (const Candidate& gap : wide[order[at]]) {
            if (gap.column) continue;
            int agreeing = 0;
            const std::size_t first = at > kNeighbours ? at - kNeighbours : 0, last = std::min(order.size(), at + kNeighbours + 1);
            for (std::size_t other = first; other < last; ++other) {
                if (other == at || std::abs(rows[order[other]].baseline - row.baseline) > kReachEm * row.size) continue;
                agreeing += support(gap, wide[order[other]], kSharedEm * row.size);
            }
            if (agreeing >= kAgreeing) gaps[order[at]][gap.glyph] = Gap::Column;
        }
    }
}

}  // namespace docwright::extract
