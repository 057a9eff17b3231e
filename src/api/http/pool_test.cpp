#include "api/http/pool.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <stdexcept>
#include <string>

namespace docwright::http {
namespace {

Task<void> compute(Pool& pool, std::string& out, std::thread::id& where) {
    auto work = [&where] {
        where = std::this_thread::get_id();
        return std::string("done");
    };
    auto result = co_await on_pool(pool, Entry::Refusable, work);
    out = result.ok() ? result.value() : result.error().message;
}

Task<void> throw_there(Pool& pool, std::string& out) {
    auto work = []() -> int { throw std::runtime_error("library"); };
    auto result = co_await on_pool(pool, Entry::Refusable, work);
    out = result.ok() ? "value" : result.error().detail;
}

TEST(Pool, computes_on_another_thread_and_comes_back) {
    Pool pool(2, 10);
    boost::asio::io_context loop(1);
    std::string out;
    std::thread::id where;
    boost::asio::co_spawn(loop, compute(pool, out, where), boost::asio::detached);
    loop.run();
    EXPECT_EQ(out, "done");
    EXPECT_NE(where, std::this_thread::get_id());
}

TEST(Pool, refuses_at_once_when_it_is_full_but_keeps_promises) {
    Pool pool(1, 1);
    std::mutex gate;
    gate.lock();
    std::condition_variable begun;
    bool running = false;
    std::mutex state;
    pool.post_always([&] {
        {
            std::scoped_lock lock(state);
            running = true;
        }
        begun.notify_one();
        std::scoped_lock wait(gate);
    });
    {
        std::unique_lock lock(state);
        begun.wait(lock, [&] { return running; });
    }
    EXPECT_TRUE(pool.post([] {}));
    EXPECT_FALSE(pool.post([] {}));
    boost::asio::io_context loop(1);
    std::string out;
    std::thread::id where;
    boost::asio::co_spawn(loop, compute(pool, out, where), boost::asio::detached);
    loop.run();
    EXPECT_EQ(out, pool_is_full().message);
    pool.post_always([] {});
    EXPECT_EQ(pool.waiting(), 2u);
    gate.unlock();
}

TEST(Pool, turns_an_exception_into_an_error) {
    Pool pool(1, 10);
    boost::asio::io_context loop(1);
    std::string out;
    boost::asio::co_spawn(loop, throw_there(pool, out), boost::asio::detached);
    loop.run();
    EXPECT_EQ(out, "library");
}

}  // namespace
}  // namespace docwright::http
