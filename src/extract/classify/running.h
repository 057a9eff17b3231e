// What runs on from page to page: paragraphs and tables. Fails: never. Cost: linear in pages.
#pragma once

#include <span>

#include "extract/page/context.h"
#include "extract/page/summary.h"

namespace docwright::extract {

// Whether the text after goes on with the text before, and how it attaches. Ends and starts of two blocks of body text.
struct RunOn {
    bool runs_on = false;
    Joiner joiner = Joiner::Space;
};
RunOn run_on_of(const TextEdge& before, const TextEdge& after);

// Fills the continuation of text and tables in `pages`.
void find_continuations(std::span<const PageSummary> summaries, std::span<PageContext> pages);

}  // namespace docwright::extract
