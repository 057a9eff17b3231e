#include "api/platform/callers.h"

#include <fmt/format.h>

#include <algorithm>

namespace docwright::platform {
namespace {

std::string_view value_or_nothing(const std::string* value) { return value ? http::trimmed(*value) : std::string_view(); }

}  // namespace

Result<Caller> authenticate(Core& core, const http::Request& request, std::string_view scope) {
    GivenCredential given{.client_id = value_or_nothing(request.header("client_id")),
                          .client_secret = value_or_nothing(request.header("client_secret")),
                          .api_key = value_or_nothing(request.header("x-api-key"))};
    RequestOrigin origin{.address = request.remote, .trace = {}};
    Result<Caller> caller = core.credentials.check(given, origin);
    if (!caller.ok() && given.client_id.empty() && given.client_secret.empty() && given.api_key.empty()) {
        Error error = caller.error();
        error.detail =
            "no client_id and client_secret header arrived; a proxy may drop header names with an underscore (nginx: "
            "underscores_in_headers on)";
        return error;
    }
    if (!caller.ok()) return caller;
    Status allowed = require_scope(caller.value(), scope);
    if (!allowed.ok()) return allowed.error();
    return caller;
}

Result<std::string> idempotency_key(const http::Request& request) {
    std::string_view key = value_or_nothing(request.header("idempotency-key"));
    const bool printable = std::ranges::all_of(key, [](char c) { return c >= 0x20 && c < 0x7f; });
    if (key.size() > limits::kIdempotencyKeyBytes || !printable) {
        return Error{Fault::InvalidInput,
                     fmt::format("Idempotency-Key must be at most {} printable ASCII characters.", limits::kIdempotencyKeyBytes)};
    }
    return std::string(key);
}

Rate count_against_plan(Core& core, const Caller& caller) {
    Result<Admission> admission = core.credits.admit(caller);
    if (!admission.ok()) return {.refusal = admission.error()};
    Rate rate{.remaining = admission.value().remaining};
    if (admission.value().retry_after_seconds == 0) return rate;
    rate.refusal = {Fault::LimitExceeded, "Too many requests in this minute for the plan of this account.", {}, "RATE_LIMIT_EXCEEDED"};
    rate.retry_after_seconds = admission.value().retry_after_seconds;
    return rate;
}

void show_rate(const Rate& rate, http::Response& response) {
    if (rate.remaining >= 0) response.set("X-RateLimit-Remaining", std::to_string(rate.remaining));
    if (rate.retry_after_seconds > 0) response.set("Retry-After", std::to_string(rate.retry_after_seconds));
}

}  // namespace docwright::platform
