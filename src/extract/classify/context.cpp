#include "extract/classify/context.h"

#include <algorithm>
#include <utility>

#include "extract/classify/headings.h"
#include "extract/classify/running.h"

namespace docwright::extract {

namespace {

// A document's own word on its language holds where the text does not tell.
constexpr const char* kUnknown = "und";

StyleKey body_style(const std::map<StyleKey, std::uint64_t>& counts) {
    StyleKey body;
    std::uint64_t most = 0;
    for (const auto& [style, count] : counts) {
        if (count <= most) continue;
        most = count;
        body = style;
    }
    return body;
}

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

template <class Key, class Count>
std::map<Key, double> shares_of(const std::map<Key, Count>& counts) {
    double all = 0;
    for (const auto& [key, count] : counts) all += static_cast<double>(count);
    std::map<Key, double> shares;
    for (const auto& [key, count] : counts) shares[key] = static_cast<double>(count) / std::max(all, 1.0);
    return shares;
}

std::string main_language(const std::map<std::string, double>& counts, const DocumentFacts& document) {
    std::string language = kUnknown;
    double most = 0;
    for (const auto& [each, count] : counts) {
        if (each == kUnknown || count <= most) continue;
        most = count;
        language = each;
    }
    return language == kUnknown && !document.language.empty() ? document.language : language;
}

}  // namespace

void ContextDraft::add(const PageSummary& page) {
    for (const auto& [style, count] : page.glyphs_by_style) glyphs_by_style_[style] += count;
    for (const auto& [language, count] : page.glyphs_by_language) glyphs_by_language_[language] += count;
    if (page.median_leading > 0) leadings_.push_back(page.median_leading);
    furniture_.add(page);
}

Result<DocumentContext> ContextDraft::finish(const Summaries& summaries, const DocumentFacts& document) {
    DocumentContext context;
    context.body = body_style(glyphs_by_style_);
    context.body_leading = median(std::move(leadings_));
    context.language_shares = shares_of(glyphs_by_language_);
    context.language = main_language(glyphs_by_language_, document);
    context.pages.resize(static_cast<std::size_t>(document.page_count));
    furniture_.settle(context.pages.size(), context.body);
    HeadingFinder headings(
        {.document = document, .body = context.body, .body_leading = context.body_leading, .shares = shares_of(glyphs_by_style_)});
    Continuations continuations;
    TRY(summaries([&](const PageSummary& page) {
        PageContext& own = context.pages[static_cast<std::size_t>(page.page_index)];
        own.furniture = furniture_.decide(page);
        headings.add(page, own);
        continuations.add(page, context.pages);
    }));
    headings.give_levels(context.pages);
    return context;
}

}  // namespace docwright::extract
