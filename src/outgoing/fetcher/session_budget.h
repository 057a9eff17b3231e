// What one session may still do: how many requests and redirects, how many bytes, until when; and what of a child's request is
// passed on. Counts only; one thread.
// Errors: LimitExceeded, reason FETCH_FAILED, naming the limit.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/fetch_limits.h"
#include "base/result.h"
#include "outgoing/fetch.h"
#include "outgoing/session/session_messages.h"

namespace docwright {

struct SessionCaps {
    std::uint64_t requests = limits::kSessionRequests;
    std::uint64_t redirects = limits::kSessionRedirects;
    std::uint64_t bytes = limits::kSessionBytes;           // of all bodies
    std::uint64_t body_bytes = limits::kSessionBodyBytes;  // of one
    int seconds = limits::kSessionSeconds;                 // from the opening of the session
    int fetch_seconds = limits::kFetchSeconds;             // one fetch
};

class SessionBudget {
public:
    using Time = std::chrono::steady_clock::time_point;

    SessionBudget(const SessionCaps& caps, Time now) : caps_(caps), ends_(now + std::chrono::seconds(caps.seconds)) {}

    // The fetch for a request of the child, counted. No redirect is followed; the body has no descriptor yet.
    Result<FetchRequest> admit(const RequestMessage& message, Time now);
    // Counts what came. After an error nothing more is admitted.
    Status count(std::uint64_t body_bytes, int status);

    // A child that goes on asking after all has been refused so often only keeps the fetcher busy.
    bool abused() const { return asked_ > 2 * caps_.requests; }

private:
    SessionCaps caps_;
    Time ends_;
    std::uint64_t asked_ = 0;
    std::uint64_t redirects_ = 0;
    std::uint64_t bytes_ = 0;
};

}  // namespace docwright
