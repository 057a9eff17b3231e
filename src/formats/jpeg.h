// What the head of a JPEG file says (ITU-T T.81, annex B), without decoding it. Any bytes; nothing when they are no JPEG.
#pragma once

#include <optional>
#include <string_view>

namespace docwright::formats {

struct JpegSize {
    int width = 0;  // pixels, at least 1
    int height = 0;
};
std::optional<JpegSize> jpeg_size(std::string_view bytes);

}  // namespace docwright::formats
