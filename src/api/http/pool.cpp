#include "api/http/pool.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace docwright::http {

namespace asio = boost::asio;

Pool::Pool(std::size_t threads, std::size_t queue_limit) : queue_limit_(queue_limit) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

Pool::~Pool() {
    {
        std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    threads_.clear();
}

bool Pool::post(Job job) {
    {
        std::scoped_lock lock(mutex_);
        if (queue_.size() >= queue_limit_) return false;
        queue_.push_back(std::move(job));
    }
    changed_.notify_one();
    return true;
}

void Pool::post_always(Job job) {
    {
        std::scoped_lock lock(mutex_);
        queue_.push_back(std::move(job));
    }
    changed_.notify_one();
}

std::size_t Pool::waiting() const {
    std::scoped_lock lock(mutex_);
    return queue_.size();
}

void Pool::work() {
    while (true) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        Job job = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        job();
    }
}

Error pool_is_full() { return {Fault::Unavailable, "The server is busy. Try again in a moment."}; }

Error job_threw(const std::exception& exception) {
    return {Fault::Internal, "The server made a mistake. Its log has more under this request id.", exception.what()};
}

Task<bool> run_on(Pool& pool, Entry entry, Job job) {
    auto executor = co_await asio::this_coro::executor;
    auto initiate = [&pool, entry, &job, executor](auto handler) {
        // std::move_only_function wants a handler that can be called from any thread once; the guard keeps the loop alive meanwhile.
        auto resume = [handler = std::move(handler), guard = asio::make_work_guard(executor), executor](bool taken) mutable {
            asio::post(executor, [handler = std::move(handler), taken]() mutable { std::move(handler)(taken); });
        };
        auto shared = std::make_shared<decltype(resume)>(std::move(resume));  // held here and by the queued job: one of them resumes
        Job wrapped = [job = std::move(job), shared]() mutable {
            job();
            (*shared)(true);
        };
        if (entry == Entry::Promised) {
            pool.post_always(std::move(wrapped));
        } else if (!pool.post(std::move(wrapped))) {
            (*shared)(false);
        }
    };
    co_return co_await asio::async_initiate<decltype(asio::use_awaitable), void(bool)>(initiate, asio::use_awaitable);
}

}  // namespace docwright::http
