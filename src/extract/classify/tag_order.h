// The order of a page's blocks by its tags, where they are trustworthy (contract/structure-info.md, 5.1): they cover the text, and
// read no column against its order and no box in pieces. Else the layout's order stays.
// A block without a tag of its own stays behind the one before it. Fails: never. Cost: O(n log n) in glyphs and tags.
#pragma once

#include "extract/page/analysed_page.h"

namespace docwright::extract {

void order_by_tags(AnalysedPage& page);

}  // namespace docwright::extract
