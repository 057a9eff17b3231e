// What one row of text looks like on its own: running text, a caption, one text, or several texts side by side.
// Units: points. Fails: never. Cost: linear in words of the row.
#pragma once

#include "extract/tables/page_words.h"

namespace docwright::extract::tables {

enum class RowKind {
    Break,   // running text or a caption: no table goes over it
    Single,  // one short text
    Multi    // several texts with wide white between them
};

// A text of so many words and such width that it reads as running text.
bool is_prose(const PageWords& page, const Segment& segment, double size);

// "Table 3: …", "Source: …"
bool is_caption(const PageWords& page, const TextRow& row);

RowKind row_kind(const PageWords& page, const TextRow& row);

}  // namespace docwright::extract::tables
