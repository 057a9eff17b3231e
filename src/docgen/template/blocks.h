// What the conditions of a part show (contract/docgen.md, 9): inside one paragraph the text between the markers, otherwise whole
// paragraphs and tables, or whole rows of one table. A paragraph or row that is left with nothing but markers goes with them.
// Errors: those of conditions.h; InvalidInput, with place and remedy: the markers stand where nothing whole is between them.
#pragma once

#include "base/result.h"
#include "docgen/template/loops.h"
#include "docgen/template/plan.h"
#include "docgen/template/structure.h"

namespace docwright::docgen {

// The tags are in order.
Status read_blocks(Plan& plan, const Structure& structure, const Loops& loops);

}  // namespace docwright::docgen
