// The packets between an engine child and the fetcher.
#include "outgoing/session/session_messages.h"

#include <gtest/gtest.h>

#include "base/fetch_limits.h"
#include "outgoing/session/wire.h"

namespace docwright {
namespace {

const RequestMessage kRequest{.id = 7,
                              .method = "POST",
                              .url = "https://site.example/a?b",
                              .headers = {{"Accept", "*/*"}, {"X-Odd", std::string("\xff\0x", 3)}},
                              .body = std::string("\0body", 5)};

TEST(SessionMessages, a_request_comes_back_as_it_was_sent) {
    const auto read = read_request(packet_of(kRequest));
    ASSERT_TRUE(read.ok()) << read.error().detail;
    EXPECT_EQ(read.value().id, 7U);
    EXPECT_EQ(read.value().method, kRequest.method);
    EXPECT_EQ(read.value().url, kRequest.url);
    EXPECT_EQ(read.value().headers, kRequest.headers);
    EXPECT_EQ(read.value().body, kRequest.body);
}

TEST(SessionMessages, an_answer_comes_back_as_it_was_sent) {
    const AnswerMessage sent{.id = 9, .status = 302, .headers = {{"location", "/x"}}, .body_bytes = 12};
    const auto read = read_reply(packet_of(sent));
    ASSERT_TRUE(read.ok()) << read.error().detail;
    const auto& answer = std::get<AnswerMessage>(read.value());
    EXPECT_EQ(answer.id, 9U);
    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(answer.headers, sent.headers);
    EXPECT_EQ(answer.body_bytes, 12U);
}

TEST(SessionMessages, a_failure_keeps_its_message_and_leaves_its_detail_behind) {
    const auto read = read_reply(packet_of(FailureMessage{3, {Fault::LimitExceeded, "Too long.", "10.1.2.3 said so", "FETCH_FAILED"}}));
    ASSERT_TRUE(read.ok()) << read.error().detail;
    const auto& failure = std::get<FailureMessage>(read.value());
    EXPECT_EQ(failure.error.fault, Fault::LimitExceeded);
    EXPECT_EQ(failure.error.message, "Too long.");
    EXPECT_EQ(failure.error.detail, "");
    EXPECT_EQ(failure.error.reason, "FETCH_FAILED");
}

TEST(SessionMessages, faults_that_are_not_the_fetchers_to_give_become_internal) {
    for (Fault fault : {Fault::EngineLost, Fault::Unauthorized, Fault::Conflict, Fault::Internal}) {
        const auto read = read_reply(packet_of(FailureMessage{1, {fault, "x"}}));
        EXPECT_EQ(std::get<FailureMessage>(read.value()).error.fault, Fault::Internal);
    }
}

TEST(SessionMessages, a_packet_that_is_cut_or_goes_on_is_refused) {
    const std::string whole = packet_of(kRequest);
    for (std::size_t length = 0; length < whole.size(); ++length) EXPECT_FALSE(read_request(whole.substr(0, length)).ok()) << length;
    EXPECT_FALSE(read_request(whole + "x").ok());
    EXPECT_FALSE(read_reply(whole).ok());
    EXPECT_FALSE(read_request(packet_of(AnswerMessage{.id = 1, .status = 200})).ok());
}

TEST(SessionMessages, a_status_that_is_no_final_one_is_refused) {
    for (int status : {0, 101, 199, 1000}) EXPECT_FALSE(read_reply(packet_of(AnswerMessage{.id = 1, .status = status})).ok()) << status;
}

TEST(SessionMessages, a_length_beyond_the_packet_is_refused_before_anything_is_kept) {
    WireWriter writer(20);
    std::string packet = std::move(writer.number(1).text("GET").text("http://a/").number(100)).packet();
    packet += "\xff\xff\xff\xff";
    EXPECT_FALSE(read_request(packet).ok());
}

TEST(SessionMessages, what_a_child_may_ask_is_bounded) {
    EXPECT_TRUE(judge_message(kRequest).ok());
    EXPECT_EQ(judge_message({.method = "DELETE", .url = "http://a/"}).error().fault, Fault::InvalidInput);
    EXPECT_EQ(judge_message({.method = "get", .url = "http://a/"}).error().fault, Fault::InvalidInput);
    EXPECT_EQ(judge_message({.url = std::string(limits::kUrlBytes + 1, 'a')}).error().fault, Fault::LimitExceeded);
    EXPECT_EQ(judge_message({.url = "http://a/", .body = std::string(limits::kSessionPostBytes + 1, 'a')}).error().fault,
              Fault::LimitExceeded);
    EXPECT_EQ(judge_message({.url = "http://a/", .headers = HeaderFields(limits::kSessionFields + 1)}).error().fault, Fault::LimitExceeded);
}

TEST(SessionMessages, the_longest_request_fits_one_frame) {
    RequestMessage longest{
        .method = "POST", .url = std::string(limits::kUrlBytes, 'a'), .body = std::string(limits::kSessionPostBytes, 'b')};
    longest.headers.assign(limits::kSessionFields, {"x", ""});
    longest.headers[0].second.assign(limits::kSessionRequestHeadBytes - limits::kSessionFields, 'c');
    ASSERT_TRUE(judge_message(longest).ok());
    EXPECT_LE(packet_of(longest).size(), limits::kFrameBytes);
    EXPECT_TRUE(read_request(packet_of(longest)).ok());
}

}  // namespace
}  // namespace docwright
