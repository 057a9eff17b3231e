// Which {{If:name}}, {{Else}} and {{EndIf:name}} of a part belong together (contract/docgen.md, 9).
// Errors: InvalidInput, with place and remedy: a start or an end that is missing, ends in another order than they started, a second
// Else; LimitExceeded: nested too deep.
#pragma once

#include <vector>

#include "base/result.h"
#include "docgen/template/plan.h"
#include "docgen/template/structure.h"

namespace docwright::docgen {

struct Condition {
    std::size_t start = 0, otherwise = kNone, end = 0;  // places in Plan::tags; kNone: no Else
    int outer = -1;                                     // the condition right around it; -1: none
};

// In the order of their starts. The tags are in order; an Else in a part without conditions becomes a value.
Result<std::vector<Condition>> match_conditions(Plan& plan, const Structure& structure);

}  // namespace docwright::docgen
