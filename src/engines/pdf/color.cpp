#include "engines/pdf/color.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace docwright::pdf {
namespace {

int channel(std::uint32_t color, int shift) { return static_cast<int>((color >> shift) & 0xFF); }

// Of each channel value: asked for every glyph, so not computed every time.
std::array<double, 256> linear_values() {
    std::array<double, 256> values{};
    for (std::size_t i = 0; i < values.size(); ++i) {
        double share = static_cast<double>(i) / 255.0;
        values[i] = share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
    }
    return values;
}

double linear(int value) {
    static const std::array<double, 256> values = linear_values();
    return values[static_cast<std::size_t>(value)];
}

double luminance(std::uint32_t color) {
    return 0.2126 * linear(channel(color, 16)) + 0.7152 * linear(channel(color, 8)) + 0.0722 * linear(channel(color, 0));
}

}  // namespace

double contrast(std::uint32_t a, std::uint32_t b) {
    double one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

int channel_difference(std::uint32_t a, std::uint32_t b) {
    int most = 0;
    for (int shift : {0, 8, 16}) most = std::max(most, std::abs(channel(a, shift) - channel(b, shift)));
    return most;
}

std::uint32_t blended(std::uint32_t top, double alpha, std::uint32_t ground) {
    std::uint32_t mixed = 0;
    for (int shift : {0, 8, 16}) {
        double value = alpha * channel(top, shift) + (1 - alpha) * channel(ground, shift);
        mixed |= static_cast<std::uint32_t>(std::lround(value)) << shift;
    }
    return mixed;
}

}  // namespace docwright::pdf
