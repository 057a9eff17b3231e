#include "core/accounts/answers.h"

#include "core/accounts/keyed_hash.h"

namespace docwright {
namespace {

constexpr Microseconds kAnswerLife = 24LL * 3600 * kMicrosecondsPerSecond;  // contract/pdf-services.md, 14

}  // namespace

Repeatable repeatable(const Parts& parts, std::string_view key, std::string_view request) {
    if (key.empty()) return {};
    return {.key = std::string(key), .fingerprint = keyed_hash(parts, request)};
}

Result<std::optional<std::string>> kept_answer(const LedgerStore& ledger, const Parts& parts, const Caller& caller,
                                               const Repeatable& request) {
    if (request.key.empty()) return std::optional<std::string>();
    if (request.key.size() > limits::kIdempotencyKeyBytes) {
        return Error{Fault::InvalidInput, "Idempotency-Key has at most " + std::to_string(limits::kIdempotencyKeyBytes) + " characters."};
    }
    std::optional<AnswerRecord> kept = TRY(ledger.answer(caller.account, request.key, parts.clock.now()));
    if (!kept) return std::optional<std::string>();
    if (kept->fingerprint != request.fingerprint) {
        return Error{Fault::Conflict, "This Idempotency-Key was used with another request. Use a new key for a new request."};
    }
    return std::optional(kept->answer);
}

Result<std::optional<std::string>> kept_answer(Transaction& transaction, const Parts& parts, const Caller& caller,
                                               const Repeatable& request) {
    return kept_answer(transaction.ledger, parts, caller, request);
}

Status keep_answer(Transaction& transaction, const Parts& parts, const Caller& caller, const Repeatable& request, std::string_view answer) {
    if (request.key.empty()) return success();
    return transaction.ledger.keep_answer({.account = caller.account,
                                           .key = request.key,
                                           .fingerprint = request.fingerprint,
                                           .answer = std::string(answer),
                                           .expires_at = parts.clock.now() + kAnswerLife});
}

}  // namespace docwright
