// Furniture of all pages: running headers and footers, page numbers, side notes.
// Told by what recurs at one height once numbers are masked, by numbers that count with the pages, by the Artifact mark of tagged
// files, and on pages that stand alone by place, white and look. Fails: never. Cost: O(n log n) in edge blocks.
#pragma once

#include <span>
#include <vector>

#include "extract/page/context.h"
#include "extract/page/summary.h"

namespace docwright::extract {

// One list per page, in the order of its edge blocks.
std::vector<std::vector<FurnitureDecision>> find_furniture(std::span<const PageSummary> pages, const StyleKey& body);

}  // namespace docwright::extract
