// Frames: the packets that cross the border between docwright and its engine processes, over AF_UNIX SOCK_SEQPACKET.
// What they mean stands in messages.h; how they are sent, with descriptors, in channel.h.
//
//   byte 0..1   "DW"
//   byte 2      protocol version (kProtocolVersion)
//   byte 3      FrameKind
//   byte 4..    text, to the end of the packet
//
// A message is one frame, or several: frames of kind More, then one of the message's kind; the texts joined are the
// message's text, a JSON object. Limits: limits::kFrameBytes a frame, kEngineMessageBytes a message, kFramesPerTask frames.
// Error: Internal for anything else; whoever reads treats it as a lost engine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace docwright {

constexpr std::uint8_t kProtocolVersion = 1;
constexpr std::size_t kFrameHeadBytes = 4;

enum class FrameKind : std::uint8_t {
    More = 1,  // the text goes on in the next frame
    // parent → supervisor
    Hello = 10,
    Child = 11,
    Exited = 12,
    Broken = 13,  // also child → parent
    // supervisor → parent
    Taken = 20,
    // supervisor → child
    Job = 30,
    // child → parent
    Ready = 40,
    // child → supervisor
    Started = 50,
    Progress = 51,
    Done = 52,
    Failed = 53,
    Dying = 54,
};

struct Message {
    FrameKind kind = FrameKind::More;
    std::string text;
};

// The packets of one message, in order.
std::vector<std::string> packets_of(FrameKind kind, std::string_view text);

// Packets → messages, counting what came. One per connection.
class FrameReader {
public:
    explicit FrameReader(std::int64_t frame_limit = limits::kFramesPerTask) : frames_left_(frame_limit) {}

    // A message when this packet ends one. After an error the connection is of no use any more.
    // The error's reason is kTooManyFrames when only the number of frames was wrong.
    Result<std::optional<Message>> take(std::string_view packet);

    static constexpr const char* kTooManyFrames = "TOO_MANY_FRAMES";

private:
    std::int64_t frames_left_;
    std::string text_;  // of the frames of kind More so far
};

}  // namespace docwright
