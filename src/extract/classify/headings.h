// Title and headings of a document: which candidates are headings, and their levels, from the styles of the whole document,
// section numbers, outline and tags. Fails: never. Cost: O(n log n) in candidates.
#pragma once

#include <span>
#include <vector>

#include "extract/page/context.h"
#include "extract/page/document_facts.h"
#include "extract/page/summary.h"

namespace docwright::extract {

struct HeadingInput {
    std::span<const PageSummary> pages;
    const DocumentFacts& document;
    const StyleKey& body;
    double body_leading = 0;
    std::span<const std::vector<FurnitureDecision>> furniture;  // per page
};

// One list per page, in the order of its candidates. Levels are dense: no head is deeper than the one before it plus one.
std::vector<std::vector<HeadDecision>> find_headings(const HeadingInput& input);

}  // namespace docwright::extract
