// Gutters that single rows do not show: white that is wide, but not wider than justified text can have it, parts columns when
// the rows above and below leave the same place white. Units: points along the writing direction. Fails: never.
// Cost: O(n log n) in rows; each row is compared with the few next to it.
#pragma once

#include <span>
#include <vector>

#include "extract/text/gaps.h"
#include "extract/text/rows.h"

namespace docwright::extract {

// Turns word gaps into column gaps. `gaps` is parallel to `rows`.
void agree_on_gutters(std::span<const Row> rows, std::span<std::vector<Gap>> gaps);

}  // namespace docwright::extract
