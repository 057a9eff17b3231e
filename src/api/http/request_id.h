// The id under which one request appears in its answer and in the log.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"

namespace docwright::http {

std::string new_request_id(Random& random);       // "req_" and 24 hex digits
bool good_request_id(std::string_view proposed);  // a caller's own X-Request-Id: short, letters, digits, '.', '_', '-'

}  // namespace docwright::http
