// The one publisher of task changes: whoever waits for a task leaves a function here and holds no thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace docwright {

class TaskChanges;

// Ends the subscription when destroyed; after that the function is not called any more (a call under way is waited for).
class Subscription {
public:
    Subscription() = default;
    Subscription(TaskChanges& changes, std::uint64_t number) : changes_(&changes), number_(number) {}
    Subscription(Subscription&& other) noexcept : changes_(std::exchange(other.changes_, nullptr)), number_(other.number_) {}
    Subscription& operator=(Subscription&& other) noexcept;
    ~Subscription();

private:
    TaskChanges* changes_ = nullptr;
    std::uint64_t number_ = 0;
};

class TaskChanges {
public:
    // `changed` is called on the thread that made the change: it must be short, must not throw, must not (un)subscribe.
    Subscription subscribe(std::string_view task, std::function<void()> changed);
    void publish(std::string_view task);

private:
    friend class Subscription;
    void unsubscribe(std::uint64_t number);

    struct Waiter {
        std::uint64_t number;
        std::function<void()> changed;
    };
    std::mutex mutex_;
    std::uint64_t next_number_ = 1;
    std::multimap<std::string, Waiter, std::less<>> waiters_;
};

}  // namespace docwright
