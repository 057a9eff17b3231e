// White between the glyphs of a row, judged by the row's own distribution: inside a word, between words, between columns.
// Units: em of the row (share of its size). Fails: never. Cost: O(n log n).
// Why from the row itself: tight justified text has word spaces of 0.17 em, letter-spaced heads have more between letters.
#pragma once

#include <span>
#include <vector>

#include "extract/text/rows.h"

namespace docwright::extract {

enum class Gap : std::uint8_t { Inside, Word, Column };

// One entry per glyph: the white before it; the first is Column.
std::vector<Gap> judge_gaps(const Row& row);

}  // namespace docwright::extract
