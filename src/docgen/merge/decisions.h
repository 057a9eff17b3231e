// Whether the conditions of a template hold (contract/docgen.md, 9; ECMA-376 part 1, 17.16.5.20 for the field IF).
#pragma once

#include <string_view>

#include "docgen/merge/values.h"
#include "docgen/template/program.h"

namespace docwright::docgen {

// 0: it holds, 1: it does not. Operands that are both numbers are compared as numbers, others as texts, case and all; with = and
// <> the right one may hold the wildcards * and ?.
int decide(const Decision& decision, const Program& program, const Scope& scope, const MergeSettings& settings, const Warn& warn);

bool matches(std::string_view text, std::string_view pattern);

}  // namespace docwright::docgen
