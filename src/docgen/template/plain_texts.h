// A part that is no WordprocessingML — a chart, a diagram, the document's properties — → its program: tags in texts, those of
// DrawingML joined over runs as Word cuts them. Only single values can stand there; of another tag the author is warned.
// Errors: InvalidInput: not well-formed.
#pragma once

#include "base/result.h"
#include "docgen/template/program.h"

namespace docwright::docgen {

// `part` outlives the program.
Result<Program> compile_plain(std::string_view part);

}  // namespace docwright::docgen
