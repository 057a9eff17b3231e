// The DevTools protocol over two pipes (--remote-debugging-pipe): JSON messages, each ended by a NUL byte; sessions in flat mode.
// One thread: everything happens inside call() and run_until(). Writes never block; what the pipe has no room for waits here.
// The browser is not trusted: messages are bounded (limits::kBrowserMessageBytes), and one that is not what it should be makes the
// connection lost. Errors: EngineLost when the connection is; LimitExceeded with reason TIMEOUT when an answer did not come in
// time; Unavailable with the browser's words when it refused.
// Source: chromedevtools.github.io/devtools-protocol.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/file_descriptor.h"
#include "base/json.h"
#include "base/result.h"

namespace docwright::web {

struct Event {
    std::string session;  // empty: of the browser itself
    std::string method;
    json::object params;
};

// A further descriptor to wait for, beside the browser's: the network.
struct Neighbour {
    int descriptor = -1;
    short events = 0;
};

class DevTools {
public:
    using Reply = std::function<void(Result<json::object> result)>;

    DevTools(FileDescriptor to_browser, FileDescriptor from_browser);

    // `reply` may be empty: the answer is of no interest.
    void send(const std::string& session, std::string_view method, json::object params, Reply reply = {});
    // Sends and waits. Events and other replies are handled meanwhile.
    Result<json::object> call(const std::string& session, std::string_view method, json::object params, Microseconds patience);

    // Handles what comes until done() or the moment (steady_time). Error: EngineLost only.
    Status run_until(const std::function<bool()>& done, Microseconds moment);

    // Called for each event; and, while waiting, asked for the neighbour and told when it has something.
    std::function<void(const Event&)> on_event;
    std::function<Neighbour()> neighbour;
    std::function<void()> on_neighbour;

    bool lost() const { return lost_; }
    Microseconds last_heard() const { return last_heard_; }  // steady time of the last message

    // For a browser that is given up: replies still due are never called.
    void forget_replies() { replies_.clear(); }

private:
    struct Waiting {
        std::string method;
        Reply reply;
    };
    void write_waiting();
    void read_available();
    void take_messages();
    void handle(std::string_view text);
    Status wait(Microseconds moment);

    FileDescriptor to_browser_, from_browser_;
    std::string outgoing_;  // not written yet, from written_ on
    std::size_t written_ = 0;
    std::string incoming_;      // the begin of a message
    std::size_t searched_ = 0;  // of it, without a NUL
    std::int64_t last_id_ = 0;
    std::map<std::int64_t, Waiting> replies_;
    Microseconds last_heard_ = 0;
    bool lost_ = false;
};

// base64 (RFC 4648, 4), as the protocol carries bytes. Error: EngineLost: not base64.
std::string base64_of(std::string_view bytes);
Result<std::string> bytes_of_base64(std::string_view text);

}  // namespace docwright::web
