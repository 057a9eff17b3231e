// Spans: ranges of a text whose look deviates from the text's own style: font, size, colour, raised, underlined, struck out.
// Spans that other steps added (calls of notes) stay; the look of their range is merged into them.
// Fails: never. Cost: linear in text, plus rulings times lines that they touch.
#pragma once

#include <span>

#include "extract/page/analysed_page.h"
#include "extract/page/element.h"

namespace docwright::extract {

void add_spans(std::span<Element> elements, const AnalysedPage& page);

}  // namespace docwright::extract
