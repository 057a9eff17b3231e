// The text of a part's paragraphs, joined over runs, and the tags found in it. Word cuts a tag into many runs: for spelling,
// revisions and formatting; a value goes into the run that holds the first brace (contract/docgen.md, 4.3).
#pragma once

#include "docgen/template/plan.h"
#include "docgen/template/structure.h"

namespace docwright::docgen {

// After the fields, whose own pieces are no text of the paragraph. The tags are in order only after put_in_order().
void read_paragraphs(Plan& plan, const Structure& structure);

}  // namespace docwright::docgen
