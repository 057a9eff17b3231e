#include "outgoing/session/session_client.h"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "engines/protocol/channel.h"
#include "outgoing/failure.h"
#include "outgoing/session/session_messages.h"

namespace docwright {
namespace {

// Read, not mapped: whoever made the memory could still cut it.
Result<std::string> read_body(const AnswerMessage& message, const std::vector<FileDescriptor>& descriptors) {
    std::string body(message.body_bytes, '\0');
    if (body.empty()) return body;
    if (descriptors.size() != 1) return fetch_failed(Fault::Internal, "The answer came without its body.");
    std::size_t done = 0;
    while (done < body.size()) {
        const ssize_t count = ::pread(descriptors[0].get(), body.data() + done, body.size() - done, static_cast<off_t>(done));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return fetch_failed(Fault::Internal, "The answer's body cannot be read.", std::strerror(errno));
        done += static_cast<std::size_t>(count);
    }
    return body;
}

}  // namespace

std::uint32_t SessionClient::begin(const SessionRequest& request) {
    const std::uint32_t id = ++last_id_;
    const RequestMessage message{.id = id, .method = request.method, .url = request.url, .headers = request.headers, .body = request.body};
    if (!socket_.open()) {
        failures_.push_back({id, fetch_failed(Fault::Unavailable, "The fetcher was lost.")});
    } else if (const Status judged = judge_message(message); !judged.ok()) {
        failures_.push_back({id, judged.error()});
    } else {
        open_.insert(id);
        waiting_.push_back(packet_of(message));
        send_waiting();
    }
    return id;
}

short SessionClient::events() const { return static_cast<short>(POLLIN | (waiting_.empty() ? 0 : POLLOUT)); }

void SessionClient::send_waiting() {
    while (socket_.open() && !waiting_.empty()) {
        const Result<Sent> sent = send_packet(socket_.get(), waiting_.front(), {}, false);
        if (!sent.ok()) return lose(sent.error().detail);
        if (sent.value() == Sent::WouldBlock) return;
        // Replies may wait although the other end is gone: receive_one() finds out when they are read.
        if (sent.value() == Sent::OtherEndClosed) return waiting_.clear();
        waiting_.pop_front();
    }
}

void SessionClient::lose(std::string detail) {
    socket_.reset();
    waiting_.clear();
    for (const std::uint32_t id : std::exchange(open_, {}))
        failures_.push_back({id, fetch_failed(Fault::Unavailable, "The fetcher was lost.", detail)});
}

// Whether there may be more.
bool SessionClient::receive_one(SessionReplies& replies) {
    Result<Packet> received = receive_packet(socket_.get(), 1, false);
    // An end that closes with requests unread resets the connection, which is told once, before the replies that it sent.
    if (received.ok() && received.value().closed) received = receive_packet(socket_.get(), 1, false);
    if (!received.ok() || received.value().closed) {
        lose(received.ok() ? "closed" : received.error().detail);
        return false;
    }
    const Packet packet = std::move(received).take();
    if (packet.none) return false;
    Result<Reply> read = read_reply(packet.bytes);
    if (!read.ok()) {
        lose(read.error().detail);
        return false;
    }
    Reply reply = std::move(read).take();
    const std::uint32_t id = std::visit([](const auto& each) { return each.id; }, reply);
    if (open_.erase(id) == 0) {
        lose("a reply that nobody waits for");
        return false;
    }
    if (auto* failure = std::get_if<FailureMessage>(&reply)) {
        replies.failures.push_back({id, std::move(failure->error)});
        return true;
    }
    AnswerMessage& answer = *std::get_if<AnswerMessage>(&reply);
    Result<std::string> body = read_body(answer, packet.descriptors);
    if (body.ok()) {
        replies.answers.push_back({id, answer.status, std::move(answer.headers), std::move(body).take()});
    } else {
        replies.failures.push_back({id, body.error()});
    }
    return true;
}

SessionReplies SessionClient::take() {
    SessionReplies replies;
    send_waiting();
    while (socket_.open() && receive_one(replies)) {
    }
    for (SessionFailure& failure : std::exchange(failures_, {})) replies.failures.push_back(std::move(failure));
    return replies;
}

}  // namespace docwright
