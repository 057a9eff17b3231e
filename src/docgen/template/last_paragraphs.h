// Word wants a paragraph at the end of each cell, text box, note, header and body. Where conditions might take the last one away,
// it stays with its properties alone. The same for a paragraph that ends a section.
#pragma once

#include "docgen/template/plan.h"
#include "docgen/template/structure.h"

namespace docwright::docgen {

// After it is known which paragraphs go: writes Plan::hollow.
void keep_last_paragraphs(Plan& plan, const Structure& structure);

}  // namespace docwright::docgen
