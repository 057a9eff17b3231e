// Calls of footnotes: raised markers in the texts of a page that equal the marker of one of its notes.
// Adds spans with the index of the note among `elements`. Fails: never. Cost: linear in text.
#pragma once

#include <span>

#include "extract/page/analysed_page.h"
#include "extract/page/element.h"

namespace docwright::extract {

void find_note_calls(std::span<Element> elements, const AnalysedPage& page);

}  // namespace docwright::extract
