#include "api/docgen/places.h"

#include <algorithm>

namespace docwright::docgen_api {

bool Places::has_place_for(const std::string& account) const {
    const auto own = of_account_.find(account);
    return taken_ < limits_.places && (own == of_account_.end() || own->second < limits_.of_one_account);
}

bool Places::has_room_for(const std::string& account) const {
    const auto own = std::ranges::count_if(waiting_, [&](const WaiterPointer& waiter) { return waiter->account == account; });
    return static_cast<int>(waiting_.size()) < limits_.waiting && own < limits_.waiting_of_one_account;
}

void Places::take(const std::string& account) {
    ++taken_;
    ++of_account_[account];
}

http::Task<bool> Places::enter(const std::string& account) {
    if (has_place_for(account)) {  // whoever waits waits for a place of its account
        take(account);
        co_return true;
    }
    if (!has_room_for(account)) co_return false;
    WaiterPointer waiter = std::make_shared<Waiter>();
    waiter->account = account;
    waiter->signal = co_await http::new_signal();
    waiting_.push_back(waiter);
    co_return co_await wait(waiter);
}

http::Task<bool> Places::wait(WaiterPointer waiter) {
    while (!waiter->admitted) {
        const std::int64_t moves = moves_;
        co_await waiter->signal->wait(std::chrono::milliseconds(limits_.stall_milliseconds));
        if (waiter->admitted || moves != moves_) continue;
        waiting_.remove(waiter);
        co_return false;
    }
    co_return true;
}

void Places::leave(const std::string& account) {
    --taken_;
    ++moves_;
    if (--of_account_[account] == 0) of_account_.erase(account);
    const auto next = std::ranges::find_if(waiting_, [&](const WaiterPointer& waiter) { return has_place_for(waiter->account); });
    if (next == waiting_.end()) return;
    const WaiterPointer admitted = *next;
    waiting_.erase(next);
    take(admitted->account);
    admitted->admitted = true;
    admitted->signal->raise();
}

}  // namespace docwright::docgen_api
