#include "extract/classify/context.h"

#include <algorithm>
#include <map>

#include "extract/classify/furniture.h"
#include "extract/classify/headings.h"
#include "extract/classify/running.h"

namespace docwright::extract {

namespace {

// A document's own word on its language holds where the text does not tell.
constexpr const char* kUnknown = "und";

StyleKey body_style(std::span<const PageSummary> pages) {
    std::map<StyleKey, std::uint64_t> counts;
    for (const PageSummary& page : pages)
        for (const auto& [style, count] : page.glyphs_by_style) counts[style] += count;
    StyleKey body;
    std::uint64_t most = 0;
    for (const auto& [style, count] : counts) {
        if (count <= most) continue;
        most = count;
        body = style;
    }
    return body;
}

double body_leading(std::span<const PageSummary> pages) {
    std::vector<double> leadings;
    for (const PageSummary& page : pages)
        if (page.median_leading > 0) leadings.push_back(page.median_leading);
    if (leadings.empty()) return 0;
    auto middle = leadings.begin() + static_cast<std::ptrdiff_t>(leadings.size() / 2);
    std::nth_element(leadings.begin(), middle, leadings.end());
    return *middle;
}

void add_languages(std::span<const PageSummary> pages, const DocumentFacts& document, DocumentContext& context) {
    std::map<std::string, double> counts;
    double all = 0;
    for (const PageSummary& page : pages)
        for (const auto& [language, count] : page.glyphs_by_language) {
            counts[language] += count;
            all += count;
        }
    double most = 0;
    for (const auto& [language, count] : counts) {
        context.language_shares[language] = count / std::max(all, 1.0);
        if (language == kUnknown || count <= most) continue;
        most = count;
        context.language = language;
    }
    if (context.language == kUnknown && !document.language.empty()) context.language = document.language;
}

}  // namespace

DocumentContext make_context(std::span<const PageSummary> pages, const DocumentFacts& document) {
    DocumentContext context;
    context.body = body_style(pages);
    context.body_leading = body_leading(pages);
    add_languages(pages, document, context);
    context.pages.resize(pages.size());
    std::vector<std::vector<FurnitureDecision>> furniture = find_furniture(pages, context.body);
    std::vector<std::vector<HeadDecision>> heads = find_headings(
        {.pages = pages, .document = document, .body = context.body, .body_leading = context.body_leading, .furniture = furniture});
    for (std::size_t p = 0; p < pages.size(); ++p) {
        context.pages[p].furniture = std::move(furniture[p]);
        context.pages[p].heads = std::move(heads[p]);
    }
    find_continuations(pages, context.pages);
    return context;
}

}  // namespace docwright::extract
