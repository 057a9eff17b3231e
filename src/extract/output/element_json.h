// One element as JSON (contract/structure-info.md, 4): its content by type, and what all types share around it.
// Tables are written by table_json.h, which joins their pieces over pages.
#pragma once

#include "extract/output/writing.h"

namespace docwright::extract {

// Gives the element its number, its nested paragraphs theirs, and notes it for those who refer to it.
void number_element(Writing& writing, PageDraft& draft, int index);

// Any type but Table. The element has its number.
Status write_element(JsonText& json, Writing& writing, PageDraft& draft, int index);

// Members of an open element that follow its scores: …Order, parent, continuation, source, flags.
void write_provenance(JsonText& json, Writing& writing, PageDraft& draft, int index);

// `score` as the contract has it: between 0 and 1, two decimals.
double written_score(double score);

}  // namespace docwright::extract
