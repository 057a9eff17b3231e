// Document Generation in the OpenAPI document: its paths stand below a base of their own (contract/docgen.md, 1 to 3).
#pragma once

#include <string_view>

#include "base/json.h"

namespace docwright::platform {

// "/pdf-services/api" → "/document-generation/api", with whatever host stands before it.
std::string docgen_base(std::string_view pdf_services_base);

json::object docgen_paths(std::string_view base);
json::object docgen_schemas();

}  // namespace docwright::platform
