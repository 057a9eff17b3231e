#include "engines/protocol/frames.h"

#include <algorithm>
#include <array>

namespace docwright {
namespace {

constexpr std::size_t kTextPerFrame = limits::kFrameBytes - kFrameHeadBytes;

constexpr std::array kKinds = {FrameKind::More,  FrameKind::Hello,  FrameKind::Child, FrameKind::Exited,  FrameKind::Broken,
                               FrameKind::Taken, FrameKind::Job,    FrameKind::Ready, FrameKind::Started, FrameKind::Progress,
                               FrameKind::Done,  FrameKind::Failed, FrameKind::Dying};

Error nonsense(std::string detail) { return Error{Fault::Internal, "The engine sent a message that cannot be read.", std::move(detail)}; }

std::string packet_of(FrameKind kind, std::string_view text) {
    std::string packet = {'D', 'W', static_cast<char>(kProtocolVersion), static_cast<char>(kind)};
    packet += text;
    return packet;
}

}  // namespace

std::vector<std::string> packets_of(FrameKind kind, std::string_view text) {
    std::vector<std::string> packets;
    while (text.size() > kTextPerFrame) {
        packets.push_back(packet_of(FrameKind::More, text.substr(0, kTextPerFrame)));
        text.remove_prefix(kTextPerFrame);
    }
    packets.push_back(packet_of(kind, text));
    return packets;
}

Result<std::optional<Message>> FrameReader::take(std::string_view packet) {
    if (frames_left_-- <= 0) {
        Error error = nonsense("more frames than one task may send");
        error.reason = kTooManyFrames;
        return error;
    }
    if (packet.size() > limits::kFrameBytes) return nonsense("frame too long");
    if (packet.size() < kFrameHeadBytes || !packet.starts_with("DW")) return nonsense("not a frame");
    if (static_cast<std::uint8_t>(packet[2]) != kProtocolVersion) return nonsense("frame of another protocol version");
    auto kind = static_cast<FrameKind>(static_cast<std::uint8_t>(packet[3]));
    if (std::ranges::find(kKinds, kind) == kKinds.end()) return nonsense("unknown kind of frame");
    packet.remove_prefix(kFrameHeadBytes);
    if (text_.size() + packet.size() > limits::kEngineMessageBytes) return nonsense("message too long");
    text_ += packet;
    if (kind == FrameKind::More) return std::optional<Message>();
    return std::optional<Message>(Message{kind, std::exchange(text_, {})});
}

}  // namespace docwright
