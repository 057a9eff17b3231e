// Form fields with their true values (ISO 32000-2, 12.7): inheritance, radio groups, choices, signatures.
#pragma once

#include <vector>

#include "engines/pdf/object_model.h"
#include "extract/page/document_facts.h"

namespace docwright::pdf {

// In the order of the form; fields of widgets that the form forgot follow in page order.
std::vector<extract::Field> read_fields(ObjectModel& model);

}  // namespace docwright::pdf
