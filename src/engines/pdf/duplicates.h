// Text that is drawn twice, a little apart, for fake bold or a shadow: one of the two is read (contract/structure-info.md, 6.5).
// Of a pair the one that is painted first is marked: a shadow lies below its text, and fake bold looks the same either way.
// Fails: never. Cost: O(n log n).
#pragma once

#include "extract/page/page_facts.h"

namespace docwright::pdf {

void mark_duplicate_glyphs(extract::PageFacts& facts);

}  // namespace docwright::pdf
