// What an engine child and the fetcher say to each other over the socket of one job, one packet a message.
//
//   child → fetcher   Request   an id of the child's choice, method, URL, headers, body
//   fetcher → child   Answer    the id, status, headers; descriptor: the body, if there is one, in sealed memory
//                     Failure   the id, and why there is no answer
//
// Neither side trusts the other: every packet is bounded (limits::kFrameBytes), and what is wrong ends the session. A redirect is
// an answer like any other: the browser comes again with its target, which is judged anew.
// Error of the readers: Internal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "outgoing/header_fields.h"

namespace docwright {

struct RequestMessage {
    std::uint32_t id = 0;
    std::string method = "GET";  // GET, HEAD or POST
    std::string url;
    HeaderFields headers = {};
    std::string body = {};
};

struct AnswerMessage {
    std::uint32_t id = 0;
    int status = 0;        // 200..999
    HeaderFields headers;  // names in lower case
    std::uint64_t body_bytes = 0;
};

struct FailureMessage {
    std::uint32_t id = 0;
    Error error;  // InvalidInput, LimitExceeded, Unavailable or Internal, reason FETCH_FAILED; the detail stays with the fetcher
};

std::string packet_of(const RequestMessage& message);
std::string packet_of(const AnswerMessage& message);
std::string packet_of(const FailureMessage& message);

// Whether the child may ask this at all: within the protocol's limits. Error: InvalidInput or LimitExceeded, as a failed fetch.
Status judge_message(const RequestMessage& message);

Result<RequestMessage> read_request(std::string_view packet);
using Reply = std::variant<AnswerMessage, FailureMessage>;
Result<Reply> read_reply(std::string_view packet);

}  // namespace docwright
