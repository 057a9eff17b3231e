// Plans as limits per account (contract/platform.md, 4): requests a minute and credits. Default: none.
#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "core/accounts/caller.h"
#include "core/parts.h"

namespace docwright {

struct Admission {
    std::int64_t remaining = -1;  // requests left in this minute; -1: no limit, no header
    int retry_after_seconds = 0;  // > 0: refuse with 429 (LimitExceeded, RATE_LIMIT_EXCEEDED) and this Retry-After
};

class Credits {
public:
    explicit Credits(const Parts& parts) : parts_(parts) {}

    // Counts one request of the caller. Polls and downloads are not passed here (contract/platform.md, 4).
    Result<Admission> admit(const Caller& caller);
    // Credits that the account may still use; nullopt: unlimited, no header.
    Result<std::optional<std::int64_t>> remaining(std::string_view account) const;

private:
    struct Window {
        Microseconds begins_at = 0;
        std::int64_t requests = 0;
    };
    Parts parts_;
    std::mutex mutex_;  // guards windows_
    std::map<std::string, Window, std::less<>> windows_;
};

}  // namespace docwright
