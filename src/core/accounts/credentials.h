// Checking credentials. Every request passes here before anything is looked up, so that an unknown id cannot be told from a
// foreign one by somebody without a credential.
#pragma once

#include <map>
#include <mutex>

#include "core/accounts/caller.h"
#include "core/parts.h"

namespace docwright {

struct GivenCredential {  // as the request's headers say; empty: header missing
    std::string_view client_id = {};
    std::string_view client_secret = {};
    std::string_view api_key = {};
};

class Credentials {
public:
    explicit Credentials(const Parts& parts) : parts_(parts) {}

    // Pair, or x-api-key alone when the pair is missing. Thread-safe; costs one keyed hash and one read.
    // Error: Unauthorized, worded alike for unknown id, wrong secret, revoked and expired.
    Result<Caller> check(const GivenCredential& given, const RequestOrigin& origin);

    // Writes the counts of refused attempts that were held back (one record a minute per id and address). For the timer.
    Status flush_refusals();
    // Credentials past their expiry → EXPIRED. For the timer. Gives how many.
    Result<int> expire();

private:
    struct Refusals {
        Microseconds written_at = 0;
        std::int64_t held_back = 0;
    };
    struct RefusalKey {
        std::string account, client_id, address;
        auto operator<=>(const RefusalKey&) const = default;
    };

    Error refuse(std::string_view account, std::string_view client_id, const RequestOrigin& origin);
    Status write_refusal(const RefusalKey& key, std::int64_t count);
    void note_use(const CredentialRecord& credential, Microseconds now);

    Parts parts_;
    std::mutex mutex_;  // guards what follows
    std::map<RefusalKey, Refusals> refusals_;
    std::map<std::string, Microseconds, std::less<>> used_;  // client id → when last use was written
};

}  // namespace docwright
