// The summaries of all pages → what they say together: furniture, body style, head levels, text and tables that run on.
// Takes one summary per page, in page order. Fails: never. Cost: O(n log n) in summaries and their candidates.
#pragma once

#include <span>

#include "extract/page/context.h"
#include "extract/page/document_facts.h"
#include "extract/page/summary.h"

namespace docwright::extract {

DocumentContext make_context(std::span<const PageSummary> pages, const DocumentFacts& document);

}  // namespace docwright::extract
