// What runs on from page to page: paragraphs and tables. Fails: never. Cost: linear in pages.
#pragma once

#include <optional>
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

// Fills the continuation of text and tables in `pages`, page by page in order; of each its furniture and heads are decided.
class Continuations {
public:
    void add(const PageSummary& page, std::span<PageContext> pages);

private:
    struct End {
        int page_index = -1;
        std::optional<TableEdge> table;
        TextEdge text;
    };
    End before_;
};

}  // namespace docwright::extract
