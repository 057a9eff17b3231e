#include "api/http/cors.h"

#include <algorithm>

namespace docwright::http {
namespace {

constexpr std::string_view kRequestHeaders =
    "client_id, client_secret, x-api-key, content-type, idempotency-key, prefer, range, if-none-match, if-range, x-request-id";
constexpr std::string_view kAnswerHeaders =
    "Content-Disposition, Content-Range, Content-Length, ETag, Accept-Ranges, Location, Retry-After, X-Request-Id, X-Credits-Remaining, "
    "X-RateLimit-Remaining, Preference-Applied";
constexpr std::string_view kPreflightSeconds = "86400";  // the rules change only with the configuration

}  // namespace

bool is_preflight(const Request& request) { return request.method == "OPTIONS" && request.header("origin") != nullptr; }

void allow_origin(const Request& request, const CorsSettings& settings, bool any_origin, Response& response) {
    const std::string* origin = request.header("origin");
    if (!origin) return;
    if (any_origin || std::ranges::find(settings.origins, "*") != settings.origins.end()) {
        response.set("Access-Control-Allow-Origin", "*");
    } else if (std::ranges::find(settings.origins, *origin) != settings.origins.end()) {
        response.set("Access-Control-Allow-Origin", *origin);
        response.set("Vary", "Origin");
    } else {
        return;
    }
    response.set("Access-Control-Expose-Headers", std::string(kAnswerHeaders));
}

Response preflight_answer(std::string_view methods) {
    Response response{.status = 204};
    response.set("Access-Control-Allow-Methods", std::string(methods));
    response.set("Access-Control-Allow-Headers", std::string(kRequestHeaders));
    response.set("Access-Control-Max-Age", std::string(kPreflightSeconds));
    return response;
}

}  // namespace docwright::http
