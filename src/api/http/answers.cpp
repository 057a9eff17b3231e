#include "api/http/answers.h"

#include <fmt/format.h>

#include "base/fault_table.h"

namespace docwright::http {
namespace {

constexpr int kRetryAfterSeconds = 1;       // of a full pool: it empties in milliseconds
constexpr int kRateRetryAfterSeconds = 60;  // plans count by the minute

}  // namespace

Response json_answer(int status, const json::object& body) {
    Response response{.status = status};
    response.set("Content-Type", "application/json");
    response.set("Cache-Control", "no-store");
    response.body = json::serialize(body);
    return response;
}

Response refuse(const Error& error, std::string_view request_id) {
    const int status = http_status(error);
    std::string_view code = http_code(error);
    json::object body{{"code", code}, {"message", error.message}, {"requestId", request_id}};
    if (status == 401) {
        body["allow"] = false;
        body["reason"] = error.message;
    }
    Response response = json_answer(status, body);
    if (status == 503) response.set("Retry-After", std::to_string(kRetryAfterSeconds));
    if (status == 429) response.set("Retry-After", std::to_string(kRateRetryAfterSeconds));
    response.notes.why = error.detail.empty() ? std::string(code) : fmt::format("{}: {}", code, error.detail);
    return response;
}

Error no_such_route() {
    return {
        Fault::NotFound, "There is nothing at this address. GET /pdf-services/api/openapi.json lists every route.", {}, "ROUTE_NOT_FOUND"};
}

Error method_not_allowed(std::string_view method, std::string_view allowed) {
    return {
        Fault::InvalidInput, fmt::format("{} is not possible at this address; allowed: {}.", method, allowed), {}, "METHOD_NOT_ALLOWED"};
}

}  // namespace docwright::http
