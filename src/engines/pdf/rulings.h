// Pieces of drawn lines → rulings: collinear pieces that touch become one; dots and dashes in a row become one.
#pragma once

#include <span>
#include <vector>

#include "engines/pdf/painted.h"

namespace docwright::pdf {

// Sorted by axis, position, from. Cost: n log n.
std::vector<extract::Ruling> merged_rulings(std::span<const RulingPiece> pieces);

}  // namespace docwright::pdf
