// The bounded thread pool on which plain synchronous code (core, store, disk) runs while coroutines wait for it.
// A full pool says so at once instead of piling work up. `Task` is what every handler returns.
#pragma once

#include <boost/asio/awaitable.hpp>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "base/result.h"

namespace docwright::http {

template <class T>
using Task = boost::asio::awaitable<T>;

using Job = std::move_only_function<void()>;

class Pool {
public:
    Pool(std::size_t threads, std::size_t queue_limit);
    ~Pool();  // finishes what waits
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    bool post(Job job);         // false: full
    void post_always(Job job);  // for the rest of work that has already begun; at most one per connection
    std::size_t waiting() const;

private:
    void work();

    const std::size_t queue_limit_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> queue_;
    bool stopping_ = false;
    std::vector<std::jthread> threads_;
};

enum class Entry { Refusable, Promised };  // Promised work is taken even by a full pool

// Runs the job on the pool and comes back to the coroutine's own executor. False: the pool is full.
Task<bool> run_on(Pool& pool, Entry entry, Job job);

Error pool_is_full();
Error job_threw(const std::exception& exception);

// The value of `function()`, computed on the pool. Error: Unavailable when the pool is full, Internal when it threw.
// `function` may refer to the coroutine's own frame: the coroutine waits for it.
template <class Function>
Task<Result<std::invoke_result_t<Function&>>> on_pool(Pool& pool, Entry entry, Function function) {
    using Value = std::invoke_result_t<Function&>;
    std::optional<Result<Value>> outcome;
    Job job = [&outcome, &function] {
        // The last line of defence: a library's exception that an adapter missed fails this request, not the server.
        try {
            outcome.emplace(function());
        } catch (const std::exception& exception) {
            outcome.emplace(job_threw(exception));
        }
    };
    const bool taken = co_await run_on(pool, entry, std::move(job));
    if (!taken) co_return pool_is_full();
    co_return std::move(*outcome);
}

}  // namespace docwright::http
