// The child's side of a session against a fetcher that the test plays.
#include "outgoing/session/session_client.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/limits.h"
#include "engines/protocol/channel.h"
#include "outgoing/session/session_messages.h"

namespace docwright {
namespace {

struct Pair {
    FileDescriptor fetcher;
    SessionClient client;
};

Pair pair() {
    auto ends = socket_pair().take();
    return {std::move(ends[0]), SessionClient(std::move(ends[1]))};
}

RequestMessage next_request(const Pair& pair) { return read_request(receive_packet(pair.fetcher.get(), 0, true).take().bytes).take(); }

FileDescriptor memory_with(std::string_view text) {
    FileDescriptor memory(::memfd_create("body", MFD_CLOEXEC));
    EXPECT_EQ(::write(memory.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
    return memory;
}

void reply(const Pair& pair, const AnswerMessage& answer, std::string_view body) {
    const FileDescriptor memory = memory_with(body);
    const int descriptor = memory.get();
    ASSERT_TRUE(send_packet(pair.fetcher.get(), packet_of(answer), {&descriptor, 1}).ok());
}

TEST(SessionClient, gives_answers_in_whatever_order_they_come) {
    Pair pair = docwright::pair();
    const std::uint32_t first = pair.client.begin({.url = "http://a/1"});
    const std::uint32_t second = pair.client.begin({.url = "http://a/2", .method = "HEAD"});
    EXPECT_EQ(next_request(pair).url, "http://a/1");
    EXPECT_EQ(next_request(pair).method, "HEAD");
    EXPECT_TRUE(pair.client.take().answers.empty());
    reply(pair, {.id = second, .status = 204}, "");
    reply(pair, {.id = first, .status = 200, .headers = {{"a", "b"}}, .body_bytes = 5}, "hello");
    const SessionReplies replies = pair.client.take();
    ASSERT_EQ(replies.answers.size(), 2U);
    EXPECT_EQ(replies.answers[0].id, second);
    EXPECT_EQ(replies.answers[1].id, first);
    EXPECT_EQ(replies.answers[1].body, "hello");
    EXPECT_EQ(replies.answers[1].headers, (HeaderFields{{"a", "b"}}));
    EXPECT_EQ(pair.client.open_requests(), 0U);
}

TEST(SessionClient, fails_every_open_request_when_the_fetcher_is_lost) {
    Pair pair = docwright::pair();
    pair.client.begin({.url = "http://a/1"});
    pair.client.begin({.url = "http://a/2"});
    pair.fetcher.reset();
    const SessionReplies replies = pair.client.take();
    ASSERT_EQ(replies.failures.size(), 2U);
    EXPECT_EQ(replies.failures[0].error.fault, Fault::Unavailable);
    EXPECT_EQ(pair.client.descriptor(), -1);
    pair.client.begin({.url = "http://a/3"});
    EXPECT_EQ(pair.client.take().failures.size(), 1U);
}

TEST(SessionClient, takes_the_answers_that_came_before_the_fetcher_was_lost) {
    Pair pair = docwright::pair();
    const std::uint32_t first = pair.client.begin({.url = "http://a/1"});
    pair.client.begin({.url = "http://a/2"});
    reply(pair, {.id = first, .status = 200, .body_bytes = 1}, "x");
    pair.fetcher.reset();
    const SessionReplies replies = pair.client.take();
    EXPECT_EQ(replies.answers.size(), 1U);
    EXPECT_EQ(replies.failures.size(), 1U);
}

TEST(SessionClient, fails_at_once_what_cannot_be_asked) {
    Pair pair = docwright::pair();
    const std::uint32_t id = pair.client.begin({.url = "http://a/", .method = "PATCH"});
    const SessionReplies replies = pair.client.take();
    ASSERT_EQ(replies.failures.size(), 1U);
    EXPECT_EQ(replies.failures[0].id, id);
    EXPECT_TRUE(receive_packet(pair.fetcher.get(), 0, false).take().none);
}

TEST(SessionClient, gives_the_fetcher_up_over_nonsense_and_over_replies_to_nothing) {
    for (const std::string& packet : {std::string("nonsense"), packet_of(AnswerMessage{.id = 99, .status = 200})}) {
        Pair pair = docwright::pair();
        pair.client.begin({.url = "http://a/"});
        ASSERT_TRUE(send_packet(pair.fetcher.get(), packet).ok());
        EXPECT_EQ(pair.client.take().failures.size(), 1U);
        EXPECT_EQ(pair.client.descriptor(), -1);
    }
}

TEST(SessionClient, fails_an_answer_whose_body_is_shorter_than_it_says_or_missing) {
    Pair pair = docwright::pair();
    const std::uint32_t first = pair.client.begin({.url = "http://a/1"});
    const std::uint32_t second = pair.client.begin({.url = "http://a/2"});
    reply(pair, {.id = first, .status = 200, .body_bytes = 6}, "hello");
    ASSERT_TRUE(send_packet(pair.fetcher.get(), packet_of(AnswerMessage{.id = second, .status = 200, .body_bytes = 1})).ok());
    const SessionReplies replies = pair.client.take();
    EXPECT_TRUE(replies.answers.empty());
    EXPECT_EQ(replies.failures.size(), 2U);
}

TEST(SessionClient, keeps_requests_that_the_socket_has_no_room_for) {
    Pair pair = docwright::pair();
    const std::string url = "http://a/" + std::string(limits::kUrlBytes - 20, 'u');
    constexpr int kMany = 200;
    for (int i = 0; i < kMany; ++i) pair.client.begin({.url = url});
    for (int i = 0; i < kMany; ++i) {
        EXPECT_EQ(next_request(pair).id, static_cast<std::uint32_t>(i + 1));
        EXPECT_TRUE(pair.client.take().failures.empty());
    }
    EXPECT_EQ(pair.client.open_requests(), static_cast<std::size_t>(kMany));
}

}  // namespace
}  // namespace docwright
