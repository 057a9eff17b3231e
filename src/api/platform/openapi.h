// The OpenAPI 3.1 document, made from the declarations of the operations: every route, parameter, example and answer;
// and Document Generation, whose paths name their own base.
#pragma once

#include <span>
#include <string>

#include "api/http/router.h"
#include "core/operation.h"

namespace docwright::platform {

// `server_url`: base of the paths, such as "/pdf-services/api" or "https://host/pdf-services/api".
json::object openapi_document(std::span<const Operation* const> operations, std::string_view server_url);

// GET /openapi.json below /pdf-services/api. The text is made once.
void add_openapi_route(std::span<const Operation* const> operations, http::Router& pdf_services);

}  // namespace docwright::platform
