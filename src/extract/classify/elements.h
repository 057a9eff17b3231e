// A laid-out page and its context → the page's elements in the order of contract/structure-info.md, 5.1.
// Units as in extract/page/page_facts.h; text offsets count code points.
// Holds: each glyph, image, link, annotation and widget of the page is in one element or in `left_out` (contract 6.5).
// Fails: never. Cost: O(n log n) in glyphs.
#pragma once

#include "extract/page/analysed_page.h"
#include "extract/page/context.h"
#include "extract/page/document_facts.h"
#include "extract/page/element.h"

namespace docwright::extract {

PageElements classify_page(const AnalysedPage& page, const DocumentFacts& document, const DocumentContext& context);

}  // namespace docwright::extract
