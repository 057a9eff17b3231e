#include "base/random.h"

#include <sys/random.h>

#include <cassert>

namespace docwright {

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
    while (!bytes.empty()) {
        ssize_t count = getrandom(bytes.data(), bytes.size(), 0);
        if (count > 0) bytes = bytes.subspan(static_cast<std::size_t>(count));
        assert(count > 0 || count == -1);  // -1 is EINTR: asked again
    }
}

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(engine_());
}

}  // namespace docwright
