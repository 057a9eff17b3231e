#include "core/tasks/changes.h"

#include <algorithm>

namespace docwright {

Subscription& Subscription::operator=(Subscription&& other) noexcept {
    if (this != &other) {
        if (changes_) changes_->unsubscribe(number_);
        changes_ = std::exchange(other.changes_, nullptr);
        number_ = other.number_;
    }
    return *this;
}

Subscription::~Subscription() {
    if (changes_) changes_->unsubscribe(number_);
}

Subscription TaskChanges::subscribe(std::string_view task, std::function<void()> changed) {
    std::lock_guard lock(mutex_);
    const std::uint64_t number = next_number_++;
    waiters_.emplace(task, Waiter{number, std::move(changed)});
    return Subscription(*this, number);
}

void TaskChanges::publish(std::string_view task) {
    std::lock_guard lock(mutex_);  // held over the calls, so that nobody is called after unsubscribing
    auto [first, last] = waiters_.equal_range(task);
    for (auto waiter = first; waiter != last; ++waiter) waiter->second.changed();
}

void TaskChanges::unsubscribe(std::uint64_t number) {
    std::lock_guard lock(mutex_);
    std::erase_if(waiters_, [&](const auto& entry) { return entry.second.number == number; });
}

}  // namespace docwright
