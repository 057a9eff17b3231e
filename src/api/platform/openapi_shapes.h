// The parts of the OpenAPI document that no operation declares: fixed routes, schemas of answers, security schemes.
#pragma once

#include <initializer_list>
#include <string_view>

#include "base/json.h"

namespace docwright::platform {

json::object reference(std::string_view kind, std::string_view name);               // {"$ref": "#/components/kind/name"}
json::object json_response(std::string_view description, std::string_view schema);  // an answer with a schema of components()
json::object error_responses(std::initializer_list<std::string_view> statuses);     // status → reference
json::object fixed_paths();                                                         // documents, tasks, share links
json::object components();

}  // namespace docwright::platform
