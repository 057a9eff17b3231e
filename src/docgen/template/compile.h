// A part of a Word document (body, header, footer, notes …) → its program (contract/docgen.md, 4 and 5).
// Errors: InvalidInput: not well-formed; a loop's marker outside of any table; loops that overlap in one row. The message says
// which paragraph, table and row, and what to do.
#pragma once

#include "base/result.h"
#include "docgen/template/program.h"

namespace docwright::docgen {

// `part` outlives the program.
Result<Program> compile(std::string_view part);

}  // namespace docwright::docgen
