// What of a page is in no element, with the reason, and what to warn of (contract/structure-info.md, 6.4, 6.5 and 8).
// Fails: never. Cost: linear in glyphs.
#pragma once

#include "extract/classify/draft.h"

namespace docwright::extract {

// `owned_lines`: per line of the page, whether an element has it.
void list_left_out(const PageDrafts& drafts, const std::vector<bool>& owned_lines, PageElements& out);

}  // namespace docwright::extract
