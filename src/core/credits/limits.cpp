#include "core/credits/limits.h"

#include <algorithm>

namespace docwright {
namespace {

constexpr Microseconds kWindow = 60 * kMicrosecondsPerSecond;

Result<std::optional<PlanRecord>> plan_of(const View& view, std::string_view account) {
    std::optional<AccountRecord> owner = TRY(view.accounts.account(account));
    if (!owner || owner->plan.empty()) return std::optional<PlanRecord>();
    return view.accounts.plan(owner->plan);
}

}  // namespace

Result<Admission> Credits::admit(const Caller& caller) {
    const std::optional<PlanRecord> plan = TRY(read_result(parts_.store, [&](const View& view) { return plan_of(view, caller.account); }));
    if (!plan || plan->requests_per_minute < 0) return Admission{};
    const Microseconds now = parts_.clock.now();
    std::lock_guard lock(mutex_);
    Window& window = windows_[caller.account];
    if (now - window.begins_at >= kWindow || now < window.begins_at) window = {.begins_at = now};
    if (window.requests >= plan->requests_per_minute) {
        const Microseconds rest = window.begins_at + kWindow - now;
        return Admission{.remaining = 0,
                         .retry_after_seconds = static_cast<int>((rest + kMicrosecondsPerSecond - 1) / kMicrosecondsPerSecond)};
    }
    ++window.requests;
    return Admission{.remaining = plan->requests_per_minute - window.requests};
}

Result<std::optional<std::int64_t>> Credits::remaining(std::string_view account) const {
    return read_result(parts_.store, [&](const View& view) -> Result<std::optional<std::int64_t>> {
        std::optional<PlanRecord> plan = TRY(plan_of(view, account));
        if (!plan || plan->credits_per_period < 0) return std::optional<std::int64_t>();
        std::optional<BalanceRecord> balance = TRY(view.ledger.balance(account));
        const std::int64_t bound = balance ? balance->used + balance->reserved : 0;
        return std::optional(std::max<std::int64_t>(0, plan->credits_per_period - bound));
    });
}

}  // namespace docwright
