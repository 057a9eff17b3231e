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

// platform/callers.h, with the scope of this wire. Blocks: pool only.
Result<Caller> authenticate(Service& service, const http::Request& request);

// Whether a request counts against the plan's rate (contract/platform.md, 4: polls and downloads do not).
enum class Counted { No, Yes };

// Plain synchronous code as a handler: the body is read (at most limits::kJsonBodyBytes), then everything runs in one visit to
// the pool. `work` is called with a checked caller.
using Work = std::function<http::Response(const Call&)>;
http::Handler handler_of(Service& service, Counted counted, Work work);

}  // namespace docwright::pdf_services
