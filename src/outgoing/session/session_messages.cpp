#include "outgoing/session/session_messages.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/fetch_limits.h"
#include "base/utf8.h"
#include "outgoing/failure.h"
#include "outgoing/session/wire.h"

namespace docwright {
namespace {

enum Kind : std::uint8_t { kRequest = 20, kAnswer = 30, kFailure = 31 };

constexpr std::uint64_t kIds = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMethodBytes = 16;
constexpr int kLeastStatus = 200;
constexpr int kMostStatus = 999;
constexpr std::array kMethods = {std::string_view("GET"), std::string_view("HEAD"), std::string_view("POST")};
// In the order of their numbers on the wire.
constexpr std::array kFaults = {Fault::InvalidInput, Fault::LimitExceeded, Fault::Unavailable, Fault::Internal};

Error nonsense(std::string detail) { return Error{Fault::Internal, "A message about a fetch cannot be read.", std::move(detail)}; }

std::size_t bytes_of(const HeaderFields& fields) {
    std::size_t bytes = 0;
    for (const auto& [name, value] : fields) bytes += name.size() + value.size();
    return bytes;
}

std::size_t number_of(Fault fault) {
    const auto* found = std::ranges::find(kFaults, fault);
    return static_cast<std::size_t>((found == kFaults.end() ? kFaults.end() - 1 : found) - kFaults.begin());
}

}  // namespace

std::string packet_of(const RequestMessage& message) {
    WireWriter writer(kRequest);
    writer.number(message.id).text(message.method).text(message.url).fields(message.headers).text(message.body);
    return std::move(writer).packet();
}

std::string packet_of(const AnswerMessage& message) {
    WireWriter writer(kAnswer);
    writer.number(message.id).number(static_cast<std::uint64_t>(message.status)).number(message.body_bytes).fields(message.headers);
    return std::move(writer).packet();
}

std::string packet_of(const FailureMessage& message) {
    WireWriter writer(kFailure);
    writer.number(message.id).number(number_of(message.error.fault)).text(cut_utf8(message.error.message, limits::kEngineErrorBytes));
    return std::move(writer).packet();
}

Status judge_message(const RequestMessage& message) {
    if (std::ranges::find(kMethods, message.method) == kMethods.end())
        return fetch_failed(Fault::InvalidInput, "Only GET, HEAD and POST are sent to other servers.");
    if (message.url.size() > limits::kUrlBytes)
        return fetch_failed(Fault::LimitExceeded, "The URL is longer than " + std::to_string(limits::kUrlBytes) + " bytes.");
    if (message.body.size() > limits::kSessionPostBytes)
        return fetch_failed(Fault::LimitExceeded,
                            "The body of the request is longer than " + std::to_string(limits::kSessionPostBytes) + " bytes.");
    if (message.headers.size() > limits::kSessionFields || bytes_of(message.headers) > limits::kSessionRequestHeadBytes)
        return fetch_failed(Fault::LimitExceeded, "The request's headers are too long.");
    return success();
}

Result<RequestMessage> read_request(std::string_view packet) {
    WireReader reader(packet);
    if (reader.kind() != kRequest) return nonsense("not a request");
    RequestMessage message;
    message.id = static_cast<std::uint32_t>(reader.number(kIds));
    message.method = reader.text(kMethodBytes);
    message.url = reader.text(limits::kUrlBytes);
    message.headers = reader.fields(limits::kSessionFields, limits::kSessionRequestHeadBytes);
    message.body = reader.text(limits::kSessionPostBytes);
    if (!reader.sound()) return nonsense("request");
    return message;
}

Result<Reply> read_reply(std::string_view packet) {
    WireReader reader(packet);
    if (reader.kind() == kAnswer) {
        AnswerMessage message;
        message.id = static_cast<std::uint32_t>(reader.number(kIds));
        message.status = static_cast<int>(reader.number(kMostStatus));
        message.body_bytes = reader.number(limits::kFetchBodyBytes);
        message.headers = reader.fields(limits::kFrameBytes, limits::kFrameBytes);
        if (!reader.sound() || message.status < kLeastStatus) return nonsense("answer");
        return Reply(std::move(message));
    }
    if (reader.kind() != kFailure) return nonsense("not a reply");
    FailureMessage message{.id = static_cast<std::uint32_t>(reader.number(kIds)), .error = {Fault::Internal, {}}};
    const Fault fault = kFaults[reader.number(kFaults.size() - 1)];
    message.error = fetch_failed(fault, reader.text(limits::kEngineErrorBytes));
    if (!reader.sound()) return nonsense("failure");
    return Reply(std::move(message));
}

}  // namespace docwright
