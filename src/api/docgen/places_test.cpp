#include "api/docgen/places.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <vector>

namespace docwright::docgen_api {
namespace {

constexpr int kShortMilliseconds = 20;

class Taking : public testing::Test {
protected:
    boost::asio::io_context loop{1};
    Places places{{.places = 2, .of_one_account = 1, .waiting = 2, .waiting_of_one_account = 1, .stall_milliseconds = kShortMilliseconds}};
    std::vector<std::string> entered, refused;

    void come(const std::string& account) { boost::asio::co_spawn(loop, enter(account), boost::asio::detached); }
    http::Task<void> enter(std::string account) {
        const bool got = co_await places.enter(account);
        (got ? entered : refused).push_back(account);
    }
    void run() {
        loop.restart();
        loop.poll();
    }
    void run_to_the_end() {
        loop.restart();
        loop.run();
    }
};

TEST_F(Taking, a_place_is_had_at_once_but_not_all_of_them_by_one_account) {
    come("a");
    come("a");
    come("b");
    run();
    EXPECT_EQ(entered, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(places.waiting(), 1);
    places.leave("a");
    run();
    EXPECT_EQ(entered, (std::vector<std::string>{"a", "b", "a"}));
    EXPECT_EQ(places.waiting(), 0);
}

TEST_F(Taking, a_place_that_is_left_goes_to_the_first_who_may_have_it) {
    come("a");
    come("b");
    come("a");
    come("c");
    run();
    places.leave("b");
    run();
    EXPECT_EQ(entered, (std::vector<std::string>{"a", "b", "c"})) << "the second a would have both places";
}

TEST_F(Taking, whoever_finds_no_room_to_wait_is_refused_at_once) {
    for (const char* account : {"a", "b", "a", "a", "c", "d"}) come(account);
    run();
    EXPECT_EQ(entered, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(refused, (std::vector<std::string>{"a", "d"}));
}

TEST_F(Taking, waiting_ends_when_nothing_moves) {
    come("a");
    come("b");
    come("c");
    run_to_the_end();
    EXPECT_EQ(refused, (std::vector<std::string>{"c"}));
    EXPECT_EQ(places.waiting(), 0);
    places.leave("a");
    EXPECT_EQ(places.taken(), 1);
}

}  // namespace
}  // namespace docwright::docgen_api
