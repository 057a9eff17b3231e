#include "base/hash_file.h"

#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>

#include "base/limits.h"

namespace docwright {

HashedBytes hash_file(Sha256Stream& hash, int descriptor) {
    HashedBytes hashed;
    std::string buffer(limits::kBodyBufferBytes, '\0');
    for (;;) {
        const ssize_t count = ::pread(descriptor, buffer.data(), buffer.size(), static_cast<off_t>(hashed.count));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) hashed.error = errno;
        if (count <= 0) return hashed;
        hash.add(std::string_view(buffer).substr(0, static_cast<std::size_t>(count)));
        hashed.count += static_cast<std::uint64_t>(count);
    }
}

}  // namespace docwright
