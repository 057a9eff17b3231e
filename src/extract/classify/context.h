// The summaries of all pages → what they say together: furniture, body style, head levels, text and tables that run on.
// Takes one summary per page, in page order, and each a second time, so that they need not stay in memory.
// Fails: with what reading the summaries again fails with. Cost: O(n log n) in summaries and their candidates.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "extract/classify/furniture.h"
#include "extract/page/context.h"
#include "extract/page/document_facts.h"
#include "extract/page/summary.h"

namespace docwright::extract {

// Gives the same summaries once more, in page order.
using Summaries = std::function<Status(const std::function<void(const PageSummary&)>& visit)>;

class ContextDraft {
public:
    void add(const PageSummary& page);
    // `document` has the fonts of all pages.
    Result<DocumentContext> finish(const Summaries& summaries, const DocumentFacts& document);

private:
    std::map<StyleKey, std::uint64_t> glyphs_by_style_;
    std::map<std::string, double> glyphs_by_language_;
    std::vector<double> leadings_;
    FurnitureFinder furniture_;
};

}  // namespace docwright::extract
