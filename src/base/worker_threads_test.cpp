#include "base/worker_threads.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

namespace docwright {
namespace {

class Workers : public testing::TestWithParam<int> {};

TEST_P(Workers, give_the_value_of_every_job) {
    WorkerThreads workers(GetParam());
    std::vector<std::future<int>> values;
    for (int i = 0; i < 100; ++i) values.push_back(workers.run([i] { return i * i; }));
    for (int i = 0; i < 100; ++i) EXPECT_EQ(workers.take(values[static_cast<std::size_t>(i)]), i * i);
}

TEST_P(Workers, finish_what_was_handed_over_before_they_end) {
    std::atomic<int> done = 0;
    {
        WorkerThreads workers(GetParam());
        for (int i = 0; i < 50; ++i) workers.run([&done] { ++done; });
    }
    EXPECT_EQ(done, 50);
}

TEST_P(Workers, hand_on_what_a_job_throws) {
    WorkerThreads workers(GetParam());
    std::future<void> future = workers.run([] { throw std::runtime_error("lost"); });
    EXPECT_THROW(workers.take(future), std::runtime_error);
}

INSTANTIATE_TEST_SUITE_P(, Workers, testing::Values(0, 1, 3));

TEST(WorkersWithoutThreads, do_a_job_when_it_is_handed_over) {
    WorkerThreads workers(0);
    const std::thread::id here = std::this_thread::get_id();
    std::future<std::thread::id> there = workers.run([] { return std::this_thread::get_id(); });
    EXPECT_EQ(there.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    EXPECT_EQ(there.get(), here);
}

}  // namespace
}  // namespace docwright
