// Who calls, and how often: the same for every wire of ours.
#pragma once

#include <optional>
#include <string>

#include "api/http/message.h"
#include "core/core.h"

namespace docwright::platform {

// The caller by client_id and client_secret, or x-api-key alone; its credential must have the scope. Blocks: pool only.
// Error: Unauthorized; its detail names the usual cause when no credential header arrived at all. Forbidden: not with this scope.
Result<Caller> authenticate(Core& core, const http::Request& request, std::string_view scope);

// Idempotency-Key, or empty. Error: InvalidInput when it is too long or not printable.
Result<std::string> idempotency_key(const http::Request& request);

// Counts the request against the plan of the caller's account.
struct Rate {
    std::optional<Error> refusal = {};  // LimitExceeded, RATE_LIMIT_EXCEEDED
    int retry_after_seconds = 0;        // of a refusal
    std::int64_t remaining = -1;        // requests left in this minute; -1: no limit
};
Rate count_against_plan(Core& core, const Caller& caller);
void show_rate(const Rate& rate, http::Response& response);  // X-RateLimit-Remaining where there is a limit, Retry-After of a refusal

}  // namespace docwright::platform
