// Any packet, read as each message there is. Holds: what is let through is within its limits, and is read again as it was.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/fetch_limits.h"
#include "outgoing/fetcher/control_messages.h"
#include "outgoing/session/session_messages.h"

namespace {

using namespace docwright;

void require(bool promise) {
    if (!promise) std::abort();
}

void read_as_session(std::string_view packet) {
    if (auto request = read_request(packet); request.ok()) {
        require(request.value().url.size() <= limits::kUrlBytes && request.value().body.size() <= limits::kSessionPostBytes);
        require(request.value().headers.size() <= limits::kSessionFields);
        require(packet_of(request.value()) == packet);
    }
    const auto reply = read_reply(packet);
    if (!reply.ok()) return;
    if (const auto* answer = std::get_if<AnswerMessage>(&reply.value())) {
        require(answer->status >= 200 && answer->status <= 999 && answer->body_bytes <= limits::kFetchBodyBytes);
        require(packet_of(*answer) == packet);
    }
}

void read_as_control(std::string_view packet) {
    if (auto setup = read_setup(packet); setup.ok()) require(packet_of(setup.value()) == packet);
    if (auto ready = read_ready(packet); ready.ok()) require(read_ready(packet_of(ready.value())).ok());
    (void)is_open_packet(packet);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view packet(reinterpret_cast<const char*>(bytes), size);  // the interface's own type
    read_as_session(packet);
    read_as_control(packet);
    return 0;
}
