// What a template asks of its values, as a JSON Schema (draft 2020-12): dotted names are objects, loops are arrays of objects, pictures
// say what a value means. Nothing is required: a missing value is an empty one. Fails: never.
#pragma once

#include "base/json.h"
#include "docgen/word_template.h"

namespace docwright::docgen {

json::object values_schema(const WordTemplate& word);

}  // namespace docwright::docgen
