#include "base/write_bytes.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace docwright {

Status write_bytes(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return Error{Fault::Internal, "The result cannot be written.", std::strerror(errno)};
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return success();
}

}  // namespace docwright
