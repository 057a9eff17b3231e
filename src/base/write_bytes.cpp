#include "base/write_bytes.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace docwright {
namespace {

// `write` gets the bytes that are left and gives the number that it wrote, as the system call does.
template <class Write>
Status write_all(std::string_view bytes, Write write) {
    while (!bytes.empty()) {
        const ssize_t written = write(bytes);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return Error{Fault::Internal, "The result cannot be written.", std::strerror(errno)};
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return success();
}

}  // namespace

Status write_bytes(int descriptor, std::string_view bytes) {
    return write_all(bytes, [&](std::string_view rest) { return ::write(descriptor, rest.data(), rest.size()); });
}

Status write_bytes_at(int descriptor, std::string_view bytes, std::uint64_t offset) {
    const std::uint64_t end = offset + bytes.size();
    return write_all(bytes, [&](std::string_view rest) {
        return ::pwrite(descriptor, rest.data(), rest.size(), static_cast<off_t>(end - rest.size()));
    });
}

}  // namespace docwright
