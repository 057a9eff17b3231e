// The answers every wire of ours gives: small JSON, and errors as {code, message, requestId} through base/fault_table.
#pragma once

#include <string_view>

#include "api/http/message.h"
#include "base/json.h"
#include "base/result.h"

namespace docwright::http {

Response json_answer(int status, const json::object& body);

// contract/pdf-services.md, section 4. Unavailable and rate limits carry Retry-After; 401 also the keys that the vendor's
// gateway answers. The detail of the error goes to the log only.
Response refuse(const Error& error, std::string_view request_id);

Error no_such_route();
Error method_not_allowed(std::string_view method, std::string_view allowed);

}  // namespace docwright::http
