// Drawing on pixels for debug pictures: outlines, tints, and labels of digits and capital letters. Pixels from the top left.
// What lies outside is not drawn. Fails: never.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace docwright::formats {

struct PixelBox {
    int left = 0;
    int top = 0;
    int right = 0;  // behind the last column and row
    int bottom = 0;
};

class Canvas {
public:
    // `channels` bytes each pixel, 1 or 3, row by row; the canvas is always RGB.
    Canvas(int width, int height, int channels, const std::vector<std::uint8_t>& pixels);
    void outline(const PixelBox& box, std::uint32_t color);                // 0xRRGGBB, two pixels wide
    void tint(const PixelBox& box, std::uint32_t color);                   // a fifth of the colour
    void label(int x, int y, std::string_view text, std::uint32_t color);  // on a white ground
    const std::vector<std::uint8_t>& pixels() const { return pixels_; }
    int width() const { return width_; }
    int height() const { return height_; }

private:
    void fill(const PixelBox& box, std::uint32_t color, int share);  // of 5
    int width_;
    int height_;
    std::vector<std::uint8_t> pixels_;
};

}  // namespace docwright::formats
