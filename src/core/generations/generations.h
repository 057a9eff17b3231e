// Documents that are generated and answered in one call (contract/docgen.md): nothing of them is stored, so there is no document and
// no task, only what the call costs and what the log says of it. The engine's work lies between begin() and complete() or fail().
// Blocks: pool only. Thread-safe.
#pragma once

#include <cstdint>
#include <string>

#include "core/accounts/caller.h"
#include "core/parts.h"

namespace docwright {

struct NewGeneration {
    std::string operation;        // "generate-document"
    std::string request_sha256;   // hex, of everything that makes the request what it is
    std::string template_sha256;  // hex
    std::string idempotency_key;  // empty: none
    int credits = 1;
};

struct BegunGeneration {
    NewGeneration order;
    Microseconds time = 0;  // that the document shows as now: of the first call, when this one repeats it
    Microseconds started_at = 0;
    bool repeated = false;  // answered before under this key: costs nothing, is not noted again
};

struct GeneratedFacts {
    std::string sha256;  // hex, of the result
    std::uint64_t bytes_in = 0, bytes_out = 0;
};

class Generations {
public:
    explicit Generations(const Parts& parts) : parts_(parts) {}

    // Error: Forbidden, INSUFFICIENT_CREDITS; Conflict: the key was used for another request; InvalidInput: the key is too long.
    Result<BegunGeneration> begin(const Caller& caller, const NewGeneration& order);

    // Takes the credits and notes the result, before the caller hears of it. Gives the time that the document must show: another one
    // than in `begun` when a repetition was faster, and then the work has to be done again.
    // Error: Forbidden, INSUFFICIENT_CREDITS: other calls took the last ones meanwhile; Internal, STORAGE_ERROR.
    Result<Microseconds> complete(const Caller& caller, const BegunGeneration& begun, const GeneratedFacts& facts);

    // Costs nothing.
    Status fail(const Caller& caller, const BegunGeneration& begun, const Error& error, const GeneratedFacts& facts);

private:
    Parts parts_;
};

}  // namespace docwright
