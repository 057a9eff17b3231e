// What a document must hold once, and a copied row would hold twice: numbers of bookmarks, drawings, content controls, notes and
// paragraphs (ECMA-376 part 1, 17.13.6, 20.4.2.5; [MS-DOCX] 2.2.4 for paragraphs).
#pragma once

#include <vector>

#include "docgen/template/program.h"
#include "docgen/template/structure.h"

namespace docwright::docgen {

struct NumberedValue {
    std::size_t begin = 0, end = 0;  // bytes of the part: an attribute's value
    Numbered numbered = Numbered::Drawing;
};

// In the start of an element, in order.
std::vector<NumberedValue> numbered_values(const Structure& structure, std::size_t element);

// The kind of a footnote or endnote, or of a reference to one.
Numbered note_kind(const Structure& structure, std::size_t element);

UsedNumbers used_numbers(const Structure& structure);

}  // namespace docwright::docgen
