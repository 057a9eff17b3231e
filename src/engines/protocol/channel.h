// One end of a socket pair between docwright and an engine process: whole packets, with descriptors.
// Every descriptor that arrives is closed on exec. Errors: Internal with errno in the detail; a closed other end is no error.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "engines/protocol/frames.h"

namespace docwright {

Result<std::array<FileDescriptor, 2>> socket_pair();

enum class Sent { Yes, OtherEndClosed, WouldBlock };

// One packet, not empty, as it is. At most 32 descriptors. `wait`: until the other end has room.
Result<Sent> send_packet(int socket, std::string_view bytes, std::span<const int> descriptors = {}, bool wait = true);

// The descriptors go with the last packet of the message. `wait`: until the other end has room.
Result<Sent> send_message(int socket, FrameKind kind, std::string_view text, std::span<const int> descriptors = {}, bool wait = true);

struct Packet {
    std::string bytes;
    std::vector<FileDescriptor> descriptors;
    bool closed = false;  // the other end is gone; nothing more will come
    bool none = false;    // nothing there at present (wait == false)
};

// `descriptor_limit` 0: descriptors that come along are refused by the kernel, none enters this process.
Result<Packet> receive_packet(int socket, std::size_t descriptor_limit, bool wait);

}  // namespace docwright
