// Cross-origin requests of browsers (Fetch standard): preflights and the headers on answers.
#pragma once

#include <string>
#include <vector>

#include "api/http/message.h"

namespace docwright::http {

struct CorsSettings {
    std::vector<std::string> origins = {"*"};  // "*": any
};

bool is_preflight(const Request& request);

// Without the origin, which allow_origin() adds. `methods`: those of the address, "GET, HEAD".
Response preflight_answer(std::string_view methods);

// Adds what lets a page of an allowed origin read the answer. `any_origin`: share links, whatever the setting says.
void allow_origin(const Request& request, const CorsSettings& settings, bool any_origin, Response& response);

}  // namespace docwright::http
