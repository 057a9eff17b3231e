// Colours as 0xRRGGBB: what the eye makes of two of them.
#pragma once

#include <cstdint>

namespace docwright::pdf {

// Contrast ratio, 1 (equal) to 21 (black on white): relative luminance as in WCAG 2, 1.4.3.
double contrast(std::uint32_t a, std::uint32_t b);

// The largest difference of a channel, 0 to 255.
int channel_difference(std::uint32_t a, std::uint32_t b);

// `top` with this opacity over `ground`.
std::uint32_t blended(std::uint32_t top, double alpha, std::uint32_t ground);

}  // namespace docwright::pdf
