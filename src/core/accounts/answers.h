// Repeatable requests: an answer is kept under the client's Idempotency-Key for 24 h, in the same transaction as what it
// answers for. Same key and same request → the same answer; same key, other request → Conflict. Two at the same time meet in
// the store's one order of transactions, so the second finds the first one's answer.
#pragma once

#include <optional>

#include "core/accounts/caller.h"
#include "core/parts.h"

namespace docwright {

struct Repeatable {
    std::string key;          // the client's; empty: the request is not repeatable and nothing is kept
    std::string fingerprint;  // of everything that makes the request what it is
};

// Keyed, because a request may hold a password that is easy to guess.
Repeatable repeatable(const Parts& parts, std::string_view key, std::string_view request);

// Error: Conflict for another request under this key; InvalidInput for a key that is too long.
Result<std::optional<std::string>> kept_answer(const LedgerStore& ledger, const Parts& parts, const Caller& caller,
                                               const Repeatable& request);
Result<std::optional<std::string>> kept_answer(Transaction& transaction, const Parts& parts, const Caller& caller,
                                               const Repeatable& request);
Status keep_answer(Transaction& transaction, const Parts& parts, const Caller& caller, const Repeatable& request, std::string_view answer);

}  // namespace docwright
