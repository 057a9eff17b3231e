// One authenticated call: what every handler of this wire needs first.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "api/pdf_services/service.h"

namespace docwright::pdf_services {

struct Call {
    Service& service;
    const http::Request& request;
    std::string_view body;
    Caller caller;
};

// The caller by client_id and client_secret, or x-api-key alone. Blocks: pool only.
// Error: Unauthorized; its detail names the usual cause when no credential header arrived at all.
Result<Caller> authenticate(Service& service, const http::Request& request);

// Idempotency-Key, or empty. Error: InvalidInput when it is too long or not printable.
Result<std::string> idempotency_key(const http::Request& request);

// Whether a request counts against the plan's rate (contract/platform.md, 4: polls and downloads do not).
enum class Counted { No, Yes };

// Counts the request against the plan of the caller's account.
struct Rate {
    std::optional<http::Response> refusal = {};  // 429 with Retry-After
    std::int64_t remaining = -1;                 // requests left in this minute; -1: no limit
};
Rate count_against_plan(const Call& call);
void show_rate(const Rate& rate, http::Response& response);  // X-RateLimit-Remaining, where there is a limit

// Plain synchronous code as a handler: the body is read (at most limits::kJsonBodyBytes), then everything runs in one visit to
// the pool. `work` is called with a checked caller.
using Work = std::function<http::Response(const Call&)>;
http::Handler handler_of(Service& service, Counted counted, Work work);

}  // namespace docwright::pdf_services
