// For tests: the real fetcher process with names of the test's own (tests/naming_fetcher/main.cpp), and a session with it.
#pragma once

#include <gtest/gtest.h>
#include <poll.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <variant>

#include "outgoing/fetcher/fetcher_process.h"
#include "outgoing/session/session_client.h"

namespace docwright {

inline std::unique_ptr<FetcherProcess> running_fetcher(SetupMessage setup) {
    setup.user = "nobody";
    Result<std::unique_ptr<FetcherProcess>> started =
        FetcherProcess::start({.program = DOCWRIGHT_BINARY_FOLDER "/docwright-fetcher-naming", .setup = std::move(setup)});
    EXPECT_TRUE(started.ok()) << started.error().message << started.error().detail;
    return started.ok() ? std::move(started).take() : nullptr;
}

using SessionReply = std::variant<SessionAnswer, SessionFailure>;

class TestSession {
public:
    explicit TestSession(FetcherProcess& fetcher) : client(fetcher.open_session().take()) {}

    // Until `count` replies have come, or for a time that only a fault takes.
    std::map<std::uint32_t, SessionReply> wait(std::size_t count) {
        std::map<std::uint32_t, SessionReply> replies;
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (true) {
            SessionReplies taken = client.take();
            for (SessionAnswer& answer : taken.answers) replies.emplace(answer.id, std::move(answer));
            for (SessionFailure& failure : taken.failures) replies.emplace(failure.id, std::move(failure));
            if (replies.size() >= count || std::chrono::steady_clock::now() > deadline) return replies;
            pollfd waiting{.fd = client.descriptor(), .events = client.events(), .revents = 0};
            ::poll(&waiting, 1, 1000);
        }
    }

    SessionReply get(const SessionRequest& request) {
        const std::uint32_t id = client.begin(request);
        auto replies = wait(1);
        const auto found = replies.find(id);
        if (found == replies.end()) return SessionFailure{id, {Fault::Internal, "no reply"}};
        return found->second;
    }

    SessionClient client;
};

inline const SessionAnswer* answer_of(const SessionReply& reply) { return std::get_if<SessionAnswer>(&reply); }
// The fault of a failure; -1: it was answered.
inline int fault_of(const SessionReply& reply) {
    const auto* failure = std::get_if<SessionFailure>(&reply);
    return failure ? static_cast<int>(failure->error.fault) : -1;
}
constexpr int kRefused = static_cast<int>(Fault::InvalidInput);
constexpr int kOverLimit = static_cast<int>(Fault::LimitExceeded);
constexpr int kNotNow = static_cast<int>(Fault::Unavailable);

}  // namespace docwright
