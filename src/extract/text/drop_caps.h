// Drop caps: the large first letter of a paragraph, set beside its first lines, joins the first word.
// Takes upright lines in any order; a drop cap is a line of its own there. Units: points. Fails: never.
// Holds: every glyph stays in exactly one line. Cost: drop caps times lines; there are a few on a page at most.
#pragma once

#include <vector>

#include "extract/page/line.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

// A letter this much larger than the text beside it is a drop cap; larger headings stand above theirs.
constexpr double kDropCapSize = 1.8;

void join_drop_caps(const PageFacts& facts, std::vector<Line>& lines);

}  // namespace docwright::extract
