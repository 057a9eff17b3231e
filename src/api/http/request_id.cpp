#include "api/http/request_id.h"

#include <algorithm>

#include "base/ids.h"
#include "base/limits.h"

namespace docwright::http {

std::string new_request_id(Random& random) { return "req_" + new_wire_id(random); }

bool good_request_id(std::string_view proposed) {
    auto allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-';
    };
    return !proposed.empty() && proposed.size() <= limits::kCallerRequestIdBytes && std::ranges::all_of(proposed, allowed);
}

}  // namespace docwright::http
