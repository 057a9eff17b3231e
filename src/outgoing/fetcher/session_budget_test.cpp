// What one session may do.
#include "outgoing/fetcher/session_budget.h"

#include <gtest/gtest.h>

namespace docwright {
namespace {

const SessionBudget::Time kStart{std::chrono::seconds(1000)};
const RequestMessage kMessage{.id = 1, .url = "http://a/"};

TEST(SessionBudget, passes_on_what_a_page_needs_and_nothing_of_its_reader) {
    SessionBudget budget({}, kStart);
    const auto request =
        budget.admit({.id = 1,
                      .method = "POST",
                      .url = "http://a/",
                      .headers = {{"Accept", "image/*"}, {"COOKIE", "a=b"}, {"User-Agent", "x"}, {"Sec-CH-UA", "y"}, {"referer", "z"}},
                      .body = "ping"},
                     kStart);
    ASSERT_TRUE(request.ok());
    EXPECT_EQ(request.value().headers, (HeaderFields{{"Accept", "image/*"}, {"referer", "z"}}));
    EXPECT_EQ(request.value().method, "POST");
    EXPECT_EQ(request.value().body, "ping");
    EXPECT_FALSE(request.value().follow_redirects);
}

TEST(SessionBudget, ends_with_its_requests) {
    SessionBudget budget({.requests = 2}, kStart);
    EXPECT_TRUE(budget.admit(kMessage, kStart).ok());
    EXPECT_TRUE(budget.admit(kMessage, kStart).ok());
    EXPECT_EQ(budget.admit(kMessage, kStart).error().fault, Fault::LimitExceeded);
    EXPECT_FALSE(budget.abused());
    EXPECT_FALSE(budget.admit(kMessage, kStart).ok());
    EXPECT_FALSE(budget.admit(kMessage, kStart).ok());
    EXPECT_TRUE(budget.abused());
}

TEST(SessionBudget, ends_with_its_bytes_and_gives_a_fetch_what_is_left) {
    SessionBudget budget({.bytes = 100, .body_bytes = 80}, kStart);
    EXPECT_EQ(budget.admit(kMessage, kStart).value().body_bytes, 80U);
    EXPECT_TRUE(budget.count(60, 200).ok());
    EXPECT_EQ(budget.admit(kMessage, kStart).value().body_bytes, 40U);
    EXPECT_EQ(budget.count(41, 200).error().fault, Fault::LimitExceeded);
    EXPECT_FALSE(budget.admit(kMessage, kStart).ok());
}

TEST(SessionBudget, ends_with_its_redirects) {
    SessionBudget budget({.redirects = 1}, kStart);
    EXPECT_TRUE(budget.count(0, 302).ok());
    EXPECT_TRUE(budget.count(0, 200).ok());
    EXPECT_FALSE(budget.count(0, 301).ok());
    EXPECT_FALSE(budget.admit(kMessage, kStart).ok());
}

TEST(SessionBudget, ends_with_its_time_and_gives_a_fetch_no_more_than_is_left) {
    SessionBudget budget({.seconds = 60, .fetch_seconds = 30}, kStart);
    EXPECT_EQ(budget.admit(kMessage, kStart).value().total_ms, 30'000);
    EXPECT_EQ(budget.admit(kMessage, kStart + std::chrono::seconds(50)).value().total_ms, 10'000);
    EXPECT_EQ(budget.admit(kMessage, kStart + std::chrono::seconds(60)).error().fault, Fault::LimitExceeded);
}

}  // namespace
}  // namespace docwright
