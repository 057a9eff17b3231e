// Styles as JSON (contract/structure-info.md, 4.2.1): a whole style, or the keys in which a span deviates from its text's.
// Whole styles are made once a page and look: a page of ten thousand cells has a handful.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "extract/page/document_facts.h"
#include "extract/page/element.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

class StyleTexts {
public:
    StyleTexts(std::span<const TextStyle> styles, std::span<const FontFacts> fonts)
        : styles_(styles), fonts_(fonts), whole_(styles.size()) {}

    // The object. A style that the page does not have gives one in which everything is unknown.
    const std::string& whole(StyleIndex style);

    // The members without braces; "" when nothing deviates.
    std::string deviation(StyleIndex base, const Span& span) const;

    const TextStyle* style(StyleIndex index) const { return index < styles_.size() ? &styles_[index] : nullptr; }
    const FontFacts* font(StyleIndex index) const;

private:
    std::span<const TextStyle> styles_;
    std::span<const FontFacts> fonts_;
    std::vector<std::string> whole_;
};

}  // namespace docwright::extract
