#include "engines/web/devtools.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>

#include "base/limits.h"
#include "engines/protocol/steady_time.h"

namespace docwright::web {
namespace {

constexpr std::size_t kPieceBytes = 256UL * 1024;  // read at once
constexpr int kPipeBytes = 1024 * 1024;            // the most that an ordinary user may ask for

Error lost_browser() { return Error{Fault::EngineLost, "The browser has ended unexpectedly."}; }

Error refusal(std::string_view method, const json::object& error) {
    const json::value* said = error.if_contains("message");
    const std::string words = said && said->is_string() ? std::string(said->get_string()) : "no reason given";
    return Error{Fault::Unavailable, "The browser refused a command.", std::string(method) + ": " + words};
}

void make_ready(const FileDescriptor& pipe) {
    ::fcntl(pipe.get(), F_SETFL, O_NONBLOCK);
    ::fcntl(pipe.get(), F_SETPIPE_SZ, kPipeBytes);  // refused where pipes are scarce: slower, not wrong
}

}  // namespace

DevTools::DevTools(FileDescriptor to_browser, FileDescriptor from_browser)
    : to_browser_(std::move(to_browser)), from_browser_(std::move(from_browser)) {
    make_ready(to_browser_);
    make_ready(from_browser_);
    last_heard_ = steady_time();
}

void DevTools::send(const std::string& session, std::string_view method, json::object params, Reply reply) {
    const std::int64_t id = ++last_id_;
    json::object message{{"id", id}, {"method", method}, {"params", std::move(params)}};
    if (!session.empty()) message["sessionId"] = session;
    if (reply) replies_[id] = {std::string(method), std::move(reply)};
    outgoing_ += json::serialize(message);
    outgoing_ += '\0';
    write_waiting();
}

Result<json::object> DevTools::call(const std::string& session, std::string_view method, json::object params, Microseconds patience) {
    // Shared with the reply, which may come long after this call has given up.
    auto answer = std::make_shared<std::optional<Result<json::object>>>();
    send(session, method, std::move(params), [answer](Result<json::object> result) { *answer = std::move(result); });
    TRY(run_until([&] { return answer->has_value(); }, steady_time() + patience));
    if (*answer) return **answer;
    return Error{Fault::LimitExceeded, "The page did not answer in time.", std::string(method), "TIMEOUT"};
}

Status DevTools::run_until(const std::function<bool()>& done, Microseconds moment) {
    for (;;) {
        take_messages();
        if (done()) return success();
        if (lost_) return lost_browser();
        if (steady_time() >= moment) return success();
        TRY(wait(moment));
    }
}

Status DevTools::wait(Microseconds moment) {
    const Neighbour beside = neighbour ? neighbour() : Neighbour{};
    std::array<pollfd, 3> wanted = {{{from_browser_.get(), POLLIN, 0},
                                     {outgoing_.empty() ? -1 : to_browser_.get(), POLLOUT, 0},
                                     {beside.descriptor, beside.events, 0}}};
    const Microseconds left = std::max<Microseconds>(moment - steady_time(), 0);
    constexpr Microseconds kLongestWait = 60 * kMicrosecondsPerSecond;  // poll() counts in an int
    const int milliseconds = static_cast<int>(std::min(left, kLongestWait) / kMicrosecondsPerMillisecond) + 1;
    if (::poll(wanted.data(), wanted.size(), milliseconds) < 0 && errno != EINTR) {
        lost_ = true;
        return lost_browser();
    }
    if (wanted[1].revents != 0) write_waiting();
    if (wanted[0].revents != 0) read_available();
    if (wanted[2].revents != 0 && on_neighbour) on_neighbour();
    return success();
}

void DevTools::write_waiting() {
    while (written_ < outgoing_.size() && !lost_) {
        const ssize_t count = ::write(to_browser_.get(), outgoing_.data() + written_, outgoing_.size() - written_);
        if (count > 0) {
            written_ += static_cast<std::size_t>(count);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else if (errno != EINTR) {
            lost_ = true;
        }
    }
    outgoing_.clear();
    written_ = 0;
}

void DevTools::read_available() {
    const std::size_t before = incoming_.size();
    incoming_.resize(before + kPieceBytes);
    const ssize_t count = ::read(from_browser_.get(), incoming_.data() + before, kPieceBytes);
    incoming_.resize(before + (count > 0 ? static_cast<std::size_t>(count) : 0));
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) lost_ = true;
}

// Handling a message may send, and run this again through call(): every message is taken out before it is handled.
void DevTools::take_messages() {
    for (;;) {
        const std::size_t end = incoming_.find('\0', searched_);
        if (end == std::string::npos) {
            searched_ = incoming_.size();
            if (incoming_.size() > limits::kBrowserMessageBytes) lost_ = true;
            return;
        }
        const std::string message = incoming_.substr(0, end);
        incoming_.erase(0, end + 1);
        searched_ = 0;
        last_heard_ = steady_time();
        handle(message);
    }
}

void DevTools::handle(std::string_view text) {
    Result<json::value> parsed = parse_json(text);
    if (!parsed.ok() || !parsed.value().is_object()) {
        lost_ = true;  // whatever it was, we cannot know what we miss
        return;
    }
    json::value message = std::move(parsed).take();
    json::object& members = message.get_object();
    auto text_of = [&](std::string_view name) {
        const json::value* value = members.if_contains(name);
        return value && value->is_string() ? std::string(value->get_string()) : std::string();
    };
    auto object_of = [&](std::string_view name) {
        json::value* value = members.if_contains(name);
        return value && value->is_object() ? std::move(value->get_object()) : json::object();
    };
    const json::value* id = members.if_contains("id");
    if (id && id->is_int64()) {
        auto waiting = replies_.find(id->get_int64());
        if (waiting == replies_.end()) return;
        const Waiting due = std::move(waiting->second);
        replies_.erase(waiting);
        if (members.contains("error")) return due.reply(refusal(due.method, object_of("error")));
        return due.reply(object_of("result"));
    }
    if (on_event) on_event({text_of("sessionId"), text_of("method"), object_of("params")});
}

std::string base64_of(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');                            // OpenSSL ends it with a NUL
    const int size = ::EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),  // the library's own type
                                       reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(std::max(size, 0)));
    return text;
}

Result<std::string> bytes_of_base64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3, '\0');
    const int size = ::EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()));
    if (size < 0) return Error{Fault::EngineLost, "The browser sent something that cannot be read.", "not base64"};
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;  // decoded by the library as zeros
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

}  // namespace docwright::web
