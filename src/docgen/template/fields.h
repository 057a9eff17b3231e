// What becomes of the native fields of a part (contract/docgen.md, 9): MERGEFIELD and formulas give way to their values, IF to the
// branch that is chosen, in the formatting of that branch; other fields stay, with the tags in their codes filled. COMPARE, NEXT,
// SKIPIF and an IF that is not well formed keep what they show.
#pragma once

#include "docgen/template/plan.h"
#include "docgen/template/structure.h"

namespace docwright::docgen {

// Before the paragraphs are read: the pieces of text that belong to fields are then owned.
void read_fields(Plan& plan, const Structure& structure);

}  // namespace docwright::docgen
