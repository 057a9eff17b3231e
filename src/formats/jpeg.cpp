#include "formats/jpeg.h"

#include <cstddef>

namespace docwright::formats {

std::optional<JpegSize> jpeg_size(std::string_view bytes) {
    const auto byte = [&bytes](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
    const auto pair = [&byte](std::size_t at) { return byte(at) * 256 + byte(at + 1); };
    if (bytes.size() < 4 || byte(0) != 0xFF || byte(1) != 0xD8) return std::nullopt;
    for (std::size_t at = 2; at + 9 < bytes.size();) {
        if (byte(at) != 0xFF) return std::nullopt;
        const unsigned marker = byte(at + 1);
        const bool frame = (marker & 0xF0U) == 0xC0 && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) {
            const JpegSize size{.width = pair(at + 7), .height = pair(at + 5)};
            return size.width > 0 && size.height > 0 ? std::optional(size) : std::nullopt;
        }
        at += 2 + static_cast<std::size_t>(pair(at + 2));
    }
    return std::nullopt;
}

}  // namespace docwright::formats
