// A few threads beside the caller's, for jobs whose results it takes up later. Jobs start in the order in which they came.
// Without threads every job runs at once in the caller's own, so that one code path serves both.
// A job owns or outlives what it looks at; what it throws comes out of its future.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace docwright {

class WorkerThreads {
public:
    // Fewer where the system has no more threads to give.
    explicit WorkerThreads(int count);
    ~WorkerThreads();  // when the jobs that were handed over are done
    WorkerThreads(const WorkerThreads&) = delete;
    WorkerThreads& operator=(const WorkerThreads&) = delete;

    int count() const { return static_cast<int>(threads_.size()); }

    template <class Job>
    std::future<std::invoke_result_t<Job>> run(Job job) {
        std::packaged_task<std::invoke_result_t<Job>()> task(std::move(job));
        auto result = task.get_future();
        if (threads_.empty()) {
            task();
        } else {
            add(std::packaged_task<void()>(std::move(task)));
        }
        return result;
    }

    // Until a job is done. Meanwhile the caller does other jobs that wait, rather than wait itself.
    template <class Value>
    void wait(const std::future<Value>& future) {
        while (future.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
            if (!help()) return future.wait();
        }
    }

    template <class Value>
    Value take(std::future<Value>& future) {
        wait(future);
        return future.get();
    }

    // Does one waiting job, if there is one.
    bool help();

private:
    void add(std::packaged_task<void()> task);
    void work();

    std::mutex mutex_;  // guards waiting_ and ending_
    std::condition_variable changed_;
    std::deque<std::packaged_task<void()>> waiting_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace docwright
