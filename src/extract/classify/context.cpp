#include "extract/classify/context.h"

#include <map>

namespace docwright::extract {

DocumentContext make_context(std::span<const PageSummary> pages, const DocumentFacts&) {
    DocumentContext context;
    std::map<StyleKey, std::uint64_t> counts;
    for (const PageSummary& page : pages)
        for (const auto& [style, count] : page.glyphs_by_style) counts[style] += count;
    std::uint64_t most = 0;
    for (const auto& [style, count] : counts) {
        if (count <= most) continue;
        most = count;
        context.body = style;
    }
    context.pages.resize(pages.size());
    return context;
}

}  // namespace docwright::extract
