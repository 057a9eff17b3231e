// The engine's side of a session with the fetcher: how a child without a network gets what a page asks for.
// Nothing here blocks: begin() sends or keeps for later, poll() on descriptor() for events() says when take() has something.
// One thread. Failures of a fetch, a lost fetcher included, are answers like others: every begun request ends in take() once.
#pragma once

#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "outgoing/header_fields.h"

namespace docwright {

struct SessionRequest {
    std::string url;
    std::string method = "GET";  // GET, HEAD or POST
    HeaderFields headers = {};   // of which Accept, Accept-Language, Content-Type, Origin, Range and Referer are sent on
    std::string body = {};       // at most limits::kSessionPostBytes (base/fetch_limits.h)
};

struct SessionAnswer {
    std::uint32_t id = 0;  // as begin() gave it
    int status = 0;        // whatever it is, redirects too: they are not followed
    HeaderFields headers;  // names in lower case; no Set-Cookie
    std::string body;
};

struct SessionFailure {
    std::uint32_t id = 0;
    Error error;  // reason FETCH_FAILED
};

struct SessionReplies {
    std::vector<SessionAnswer> answers;
    std::vector<SessionFailure> failures;
};

class SessionClient {
public:
    explicit SessionClient(FileDescriptor socket) : socket_(std::move(socket)) {}

    std::uint32_t begin(const SessionRequest& request);
    // What is finished by now. Call it after begin() as well: what cannot be sent at all has failed at once.
    SessionReplies take();

    std::size_t open_requests() const { return open_.size(); }
    int descriptor() const { return socket_.get(); }  // -1 once the fetcher is lost
    short events() const;

private:
    void send_waiting();
    bool receive_one(SessionReplies& replies);
    void lose(std::string detail);

    FileDescriptor socket_;
    std::uint32_t last_id_ = 0;
    std::set<std::uint32_t> open_;
    std::deque<std::string> waiting_;       // packets that the socket has no room for
    std::vector<SessionFailure> failures_;  // not taken yet
};

}  // namespace docwright
