#include "core/generations/generations.h"

#include <algorithm>
#include <bit>
#include <charconv>

#include "base/fault_table.h"
#include "core/accounts/answers.h"
#include "core/credits/balance.h"
#include "core/events/append.h"
#include "core/events/moves.h"

namespace docwright {
namespace {

constexpr Microseconds kDay = 24LL * 3600 * kMicrosecondsPerSecond;

Repeatable repeatable_of(const Parts& parts, const NewGeneration& order) {
    return repeatable(parts, order.idempotency_key, "generation\n" + order.operation + "\n" + order.request_sha256);
}

Microseconds time_in(std::string_view answer) {
    Microseconds time = 0;
    std::from_chars(answer.data(), answer.data() + answer.size(), time);  // our own text
    return time;
}

Error account_is_gone() { return {Fault::Internal, "The caller's account is gone."}; }

std::int64_t milliseconds_since(const BegunGeneration& begun, Microseconds now) {
    return std::max<Microseconds>(0, now - begun.started_at) / kMicrosecondsPerMillisecond;
}

Status count_usage(Transaction& transaction, const Caller& caller, const BegunGeneration& begun, std::string_view code, int credits,
                   const GeneratedFacts& facts, Microseconds now) {
    UsageRecord usage{.account = caller.account, .day = now / kDay, .operation = begun.order.operation, .credential = caller.client_id};
    usage.code = code;
    usage.calls = 1;
    usage.credits = credits;
    usage.milliseconds = milliseconds_since(begun, now);
    usage.duration_bucket = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(usage.milliseconds)));
    usage.bytes_in = static_cast<std::int64_t>(facts.bytes_in);
    usage.bytes_out = static_cast<std::int64_t>(facts.bytes_out);
    return transaction.ledger.count_usage(usage);
}

Event generation_event(EventType type, const Caller& caller, const BegunGeneration& begun) {
    Event event{.type = type, .account = caller.account, .stream = "account/" + caller.account, .actor = actor_of(caller)};
    event.trace = caller.origin.trace;
    event.data = {{"operation", begun.order.operation},
                  {"templateSha256", begun.order.template_sha256},
                  {"requestSha256", begun.order.request_sha256},
                  {"keyed", !begun.order.idempotency_key.empty()}};
    event.personal = {{"address", caller.origin.address}};
    return event;
}

}  // namespace

Result<BegunGeneration> Generations::begin(const Caller& caller, const NewGeneration& order) {
    const Repeatable request = repeatable_of(parts_, order);
    BegunGeneration begun{.order = order};
    begun.time = begun.started_at = parts_.clock.now();
    Status looked = parts_.store.read([&](const View& view) -> Status {
        if (const std::optional<std::string> kept = TRY(kept_answer(view.ledger, parts_, caller, request))) {
            begun.time = time_in(*kept);
            begun.repeated = true;
            return success();
        }
        const std::optional<AccountRecord> account = TRY(view.accounts.account(caller.account));
        if (!account) return account_is_gone();
        return credits_are_there(view, parts_, *account, order.credits);
    });
    if (looked.ok()) return begun;
    if (looked.error().reason == "INSUFFICIENT_CREDITS") TRY(note_exhausted(parts_, caller.account));
    return looked.error();
}

Result<Microseconds> Generations::complete(const Caller& caller, const BegunGeneration& begun, const GeneratedFacts& facts) {
    if (begun.repeated) return begun.time;
    const Repeatable request = repeatable_of(parts_, begun.order);
    Result<Microseconds> time = write_result(parts_.store, [&](Transaction& transaction) -> Result<Microseconds> {
        if (const std::optional<std::string> kept = TRY(kept_answer(transaction, parts_, caller, request))) return time_in(*kept);
        const std::optional<AccountRecord> account = TRY(transaction.accounts.account(caller.account));
        if (!account) return account_is_gone();
        TRY(take_credits(transaction, parts_, *account, begun.order.credits));
        TRY(keep_answer(transaction, parts_, caller, request, std::to_string(begun.time)));
        const Microseconds now = parts_.clock.now();
        TRY(count_usage(transaction, caller, begun, "COMPLETED", begun.order.credits, facts, now));
        Event event = generation_event(TRY(check_move(Subject::Account, word(account->state), "generate")), caller, begun);
        event.sha256 = facts.sha256;
        event.data["bytes"] = facts.bytes_out;
        event.data["credits"] = begun.order.credits;
        event.data["milliseconds"] = milliseconds_since(begun, now);
        TRY(append(transaction, parts_, {event}));
        return begun.time;
    });
    if (!time.ok() && time.error().reason == "INSUFFICIENT_CREDITS") TRY(note_exhausted(parts_, caller.account));
    return time;
}

Status Generations::fail(const Caller& caller, const BegunGeneration& begun, const Error& error, const GeneratedFacts& facts) {
    if (begun.repeated) return success();
    return parts_.store.write(
        [&](Transaction& transaction) -> Status {
            const std::optional<AccountRecord> account = TRY(transaction.accounts.account(caller.account));
            if (!account) return account_is_gone();
            const std::string_view code = http_code(error);
            TRY(count_usage(transaction, caller, begun, code, 0, facts, parts_.clock.now()));
            Event event = generation_event(TRY(check_move(Subject::Account, word(account->state), "fail_to_generate")), caller, begun);
            event.data["code"] = code;
            return append(transaction, parts_, {event});
        },
        Durability::Soon);
}

}  // namespace docwright
