// Pixels → a PNG file (ISO/IEC 15948), as small as loses nothing: one to eight bits of palette or grey where few colours occur,
// else eight-bit grey or RGB with a filter for every row. Same pixels, same bytes. Fails: never. Cost: linear in pixels.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace docwright::formats {

// `pixels`: rows from the top, `channels` bytes each pixel (1: grey, 3: RGB), without padding; width × height × channels of them.
// `dpi`: written as pixels a metre; 0: left out.
std::string encode_png(int width, int height, int channels, std::span<const std::uint8_t> pixels, double dpi);

}  // namespace docwright::formats
