#include "engines/protocol/channel.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <cassert>
#include <cerrno>
#include <cstring>

namespace docwright {
namespace {

constexpr std::size_t kDescriptorsPerPacket = 32;  // kEngineInputs, output, scratch; the kernel's own bound is 253

Error failed(const char* call) {
    return Error{Fault::Internal, "The connection to an engine process failed.", std::string(call) + ": " + std::strerror(errno)};
}

void collect(msghdr& header, std::vector<FileDescriptor>& descriptors) {
    for (cmsghdr* part = CMSG_FIRSTHDR(&header); part; part = CMSG_NXTHDR(&header, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
        std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int number = -1;
            std::memcpy(&number, CMSG_DATA(part) + i * sizeof(int), sizeof number);
            descriptors.emplace_back(number);
        }
    }
}

}  // namespace

Result<std::array<FileDescriptor, 2>> socket_pair() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return failed("socketpair");
    return std::array<FileDescriptor, 2>{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

Result<Sent> send_packet(int socket, std::string_view bytes, std::span<const int> descriptors, bool wait) {
    iovec piece{const_cast<char*>(bytes.data()), bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * kDescriptorsPerPacket)> control{};
    msghdr header{};
    header.msg_iov = &piece;
    header.msg_iovlen = 1;
    if (!descriptors.empty()) {
        assert(descriptors.size() <= kDescriptorsPerPacket);
        header.msg_control = control.data();
        header.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
        cmsghdr* rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(descriptors.size_bytes());
        std::memcpy(CMSG_DATA(rights), descriptors.data(), descriptors.size_bytes());
    }
    for (;;) {
        if (::sendmsg(socket, &header, MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT)) >= 0) return Sent::Yes;
        if (errno == EINTR) continue;
        if (errno == EPIPE || errno == ECONNRESET) return Sent::OtherEndClosed;
        if (errno == EAGAIN || errno == EWOULDBLOCK) return Sent::WouldBlock;
        return failed("sendmsg");
    }
}

Result<Sent> send_message(int socket, FrameKind kind, std::string_view text, std::span<const int> descriptors, bool wait) {
    std::vector<std::string> packets = packets_of(kind, text);
    for (const std::string& packet : packets) {
        bool last = &packet == &packets.back();
        Sent sent = TRY(send_packet(socket, packet, last ? descriptors : std::span<const int>{}, wait));
        if (sent != Sent::Yes) return sent;
    }
    return Sent::Yes;
}

Result<Packet> receive_packet(int socket, std::size_t descriptor_limit, bool wait) {
    assert(descriptor_limit <= kDescriptorsPerPacket);
    Packet packet;
    packet.bytes.resize(limits::kFrameBytes);
    iovec piece{packet.bytes.data(), packet.bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * kDescriptorsPerPacket)> control{};
    msghdr header{};
    header.msg_iov = &piece;
    header.msg_iovlen = 1;
    if (descriptor_limit > 0) {
        header.msg_control = control.data();
        header.msg_controllen = CMSG_SPACE(sizeof(int) * descriptor_limit);
    }
    ssize_t size = -1;
    do size = ::recvmsg(socket, &header, MSG_CMSG_CLOEXEC | (wait ? 0 : MSG_DONTWAIT));
    while (size < 0 && errno == EINTR);
    if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        packet.none = true;
        packet.bytes.clear();
        return packet;
    }
    if (size < 0 && errno != ECONNRESET) return failed("recvmsg");
    collect(header, packet.descriptors);
    if (header.msg_flags & MSG_TRUNC) return Error{Fault::Internal, "The engine sent a message that cannot be read.", "frame too long"};
    packet.closed = size <= 0;  // frames are never empty
    packet.bytes.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return packet;
}

}  // namespace docwright
