// A Word template filled with values: what the operations that do it share. In the engine only.
#pragma once

#include <string>
#include <vector>

#include "core/operation.h"
#include "docgen/word_template.h"
#include "operations/docgen/parameters.h"

namespace docwright {

// Error: those of WordTemplate::open; "Wrong signature" is what clients know of a file of another kind.
Result<docgen::WordTemplate> open_template(std::string_view bytes);

// Error: InvalidInput: a culture that is unknown. `time`: that {{today}} shows and the result was modified, in UTC.
Result<docgen::MergeSettings> merge_settings(const MergeParameters& parameters, Microseconds time);

// documentValues as JSON text. Error: InvalidInput: no JSON, or no object.
Result<json::value> document_values(std::string_view text);

// Writes the filled document to the descriptor, which is empty and seekable. Gives what the template's author should know: of the
// template first, each text once.
// Error: those of WordTemplate.
Result<std::vector<std::string>> fill_template(const docgen::WordTemplate& word, const json::value& values,
                                               const docgen::MergeSettings& settings, int descriptor);

json::array texts(const std::vector<std::string>& lines);

}  // namespace docwright
