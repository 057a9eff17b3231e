#include "base/worker_threads.h"

#include <chrono>
#include <system_error>

namespace docwright {

WorkerThreads::WorkerThreads(int count) {
    try {
        for (int i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
        // The system gives no more threads: those that there are do the work.
    }
}

WorkerThreads::~WorkerThreads() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

void WorkerThreads::add(std::packaged_task<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(task));
    }
    changed_.notify_one();
}

bool WorkerThreads::help() {
    std::packaged_task<void()> task;
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.empty()) return false;
        task = std::move(waiting_.front());
        waiting_.pop_front();
    }
    task();
    return true;
}

void WorkerThreads::work() {
    for (;;) {
        std::packaged_task<void()> task;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            task = std::move(waiting_.front());
            waiting_.pop_front();
        }
        task();
    }
}

}  // namespace docwright
