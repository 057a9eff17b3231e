#include "core/credits/balance.h"

#include "core/events/append.h"
#include "core/events/log.h"
#include "core/events/moves.h"

namespace docwright {
namespace {

constexpr std::int64_t kLowPercent = 20;  // of the allocation still left: time to look (contract/platform.md, 4)
constexpr Microseconds kDay = 24LL * 3600 * kMicrosecondsPerSecond;

// The balance of the current period; a new period starts with nothing used, and what is still reserved stays so.
Result<BalanceRecord> current_balance(const LedgerStore& ledger, const PlanRecord& plan, std::string_view account, Microseconds now) {
    std::optional<BalanceRecord> kept = TRY(ledger.balance(account));
    BalanceRecord balance = kept ? std::move(*kept) : BalanceRecord{.account = std::string(account), .period_start = now};
    const Microseconds period = plan.period_days * kDay;
    if (period > 0 && now - balance.period_start >= period) {
        balance.period_start += (now - balance.period_start) / period * period;
        balance.used = 0;
        balance.exhausted = false;
        balance.low = false;
    }
    return balance;
}

bool is_low(const BalanceRecord& balance, const PlanRecord& plan) {
    const std::int64_t left = plan.credits_per_period - balance.used - balance.reserved;
    return left <= plan.credits_per_period * kLowPercent / 100;
}

Status append_alert(Transaction& transaction, const Parts& parts, const AccountRecord& account, std::string_view move,
                    const BalanceRecord& balance, const PlanRecord& plan) {
    EventType type = TRY(check_move(Subject::Account, word(account.state), move));
    Event event{.type = type, .account = account.id, .stream = "account/" + account.id, .actor = server_actor(parts)};
    event.data = {{"used", balance.used}, {"reserved", balance.reserved}, {"allocation", plan.credits_per_period}};
    return append(transaction, parts, {event});
}

// Nothing: an account without a limit.
Result<std::optional<PlanRecord>> limiting_plan(const AccountStore& accounts, const AccountRecord& account, int credits) {
    if (credits == 0 || account.plan.empty()) return std::optional<PlanRecord>();
    std::optional<PlanRecord> plan = TRY(accounts.plan(account.plan));
    if (plan && plan->credits_per_period < 0) plan.reset();
    return plan;
}

Result<BalanceRecord> balance_with(const LedgerStore& ledger, const Parts& parts, const PlanRecord& plan, std::string_view account,
                                   int credits) {
    BalanceRecord balance = TRY(current_balance(ledger, plan, account, parts.clock.now()));
    if (balance.used + balance.reserved + credits <= plan.credits_per_period) return balance;
    return Error{
        Fault::Forbidden, "The credits of this account are used up until its period ends or its plan changes.", {}, "INSUFFICIENT_CREDITS"};
}

Status put_changed(Transaction& transaction, const Parts& parts, const AccountRecord& account, const PlanRecord& plan,
                   BalanceRecord balance) {
    const bool alert = !balance.low && is_low(balance, plan);
    balance.low |= alert;
    TRY(transaction.ledger.put_balance(balance));
    return alert ? append_alert(transaction, parts, account, "run_low", balance, plan) : success();
}

}  // namespace

Result<bool> reserve_credits(Transaction& transaction, const Parts& parts, const AccountRecord& account, int credits) {
    const std::optional<PlanRecord> plan = TRY(limiting_plan(transaction.accounts, account, credits));
    if (!plan) return false;
    BalanceRecord balance = TRY(balance_with(transaction.ledger, parts, *plan, account.id, credits));
    balance.reserved += credits;
    TRY(put_changed(transaction, parts, account, *plan, std::move(balance)));
    return true;
}

Status credits_are_there(const View& view, const Parts& parts, const AccountRecord& account, int credits) {
    const std::optional<PlanRecord> plan = TRY(limiting_plan(view.accounts, account, credits));
    if (plan) TRY(balance_with(view.ledger, parts, *plan, account.id, credits));
    return success();
}

Status take_credits(Transaction& transaction, const Parts& parts, const AccountRecord& account, int credits) {
    const std::optional<PlanRecord> plan = TRY(limiting_plan(transaction.accounts, account, credits));
    if (!plan) return success();
    BalanceRecord balance = TRY(balance_with(transaction.ledger, parts, *plan, account.id, credits));
    balance.used += credits;
    return put_changed(transaction, parts, account, *plan, std::move(balance));
}

Status settle_credits(Transaction& transaction, const TaskRecord& task, bool taken) {
    if (!task.reserved) return success();
    std::optional<BalanceRecord> balance = TRY(transaction.ledger.balance(task.account));
    if (!balance) return Error{Fault::Internal, "A task holds credits of an account without a balance."};
    balance->reserved -= task.credits;
    if (taken) balance->used += task.credits;
    return transaction.ledger.put_balance(*balance);
}

Status note_exhausted(const Parts& parts, std::string_view account_id) {
    return parts.store.write([&](Transaction& transaction) -> Status {
        std::optional<AccountRecord> account = TRY(transaction.accounts.account(account_id));
        std::optional<PlanRecord> plan;
        if (account) plan = TRY(transaction.accounts.plan(account->plan));
        if (!plan) return success();
        BalanceRecord balance = TRY(current_balance(transaction.ledger, *plan, account_id, parts.clock.now()));
        if (balance.exhausted) return success();
        balance.exhausted = true;
        TRY(transaction.ledger.put_balance(balance));
        return append_alert(transaction, parts, *account, "exhaust", balance, *plan);
    });
}

Status forget_alerts(Transaction& transaction, std::string_view account) {
    std::optional<BalanceRecord> balance = TRY(transaction.ledger.balance(account));
    if (!balance) return success();
    balance->low = balance->exhausted = false;
    return transaction.ledger.put_balance(*balance);
}

}  // namespace docwright
