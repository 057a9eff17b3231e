// A laid-out page → what the rest of the document needs to know of it. Units as in extract/page/page_facts.h.
// Fails: never. Cost: linear in glyphs.
#pragma once

#include <span>

#include "extract/page/analysed_page.h"
#include "extract/page/summary.h"

namespace docwright::extract {

// `fonts`: those of the document so far; the page's styles index them.
PageSummary summarise(const AnalysedPage& page, std::span<const FontFacts> fonts);

}  // namespace docwright::extract
