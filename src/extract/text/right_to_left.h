// Lines of right-to-left scripts: from the order on paper to the order of reading (Unicode UAX 9, inverse, with ICU).
// Fails: never; lines without such letters stay as they are. Cost: linear in the line.
#pragma once

#include "extract/page/line.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

// Takes a line whose glyphs and words stand from left to right; sets its direction.
void put_in_reading_order(const PageFacts& facts, Line& line);

}  // namespace docwright::extract
