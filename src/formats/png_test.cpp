// What encode_png writes is read back with libpng and compared pixel by pixel.
#include "formats/png.h"

#include <gtest/gtest.h>
#include <png.h>

#include <cstring>
#include <random>
#include <vector>

namespace docwright::formats {
namespace {

struct Picture {
    int width = 0, height = 0, channels = 0;
    std::vector<std::uint8_t> pixels;
};

std::vector<std::uint8_t> read_back(const std::string& file, const Picture& wanted) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    EXPECT_TRUE(png_image_begin_read_from_memory(&image, file.data(), file.size())) << image.message;
    EXPECT_EQ(static_cast<int>(image.width), wanted.width);
    EXPECT_EQ(static_cast<int>(image.height), wanted.height);
    image.format = wanted.channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    std::vector<std::uint8_t> pixels(PNG_IMAGE_SIZE(image));
    EXPECT_TRUE(png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr)) << image.message;
    return pixels;
}

// A picture whose pixels come from `colors` values only.
Picture picture_of(int width, int height, int channels, unsigned colors) {
    std::mt19937 random(7);
    Picture picture{width, height, channels, {}};
    for (int i = 0; i < width * height; ++i) {
        const unsigned color = static_cast<unsigned>(random() % colors);
        for (int channel = 0; channel < channels; ++channel) {
            picture.pixels.push_back(static_cast<std::uint8_t>(color * (channel == 0 ? 13U : channel == 1 ? 7U : 3U) + color / 256));
        }
    }
    return picture;
}

struct PngCase {
    const char* says;
    int width, height, channels;
    unsigned colors;
};
const PngCase kPngCases[] = {
    {"one_pixel", 1, 1, 1, 1},
    {"two_greys", 13, 5, 1, 2},
    {"four_greys", 9, 9, 1, 4},
    {"sixteen_greys", 31, 3, 1, 16},
    {"many_greys", 40, 30, 1, 200},
    {"two_colours", 17, 4, 3, 2},
    {"five_colours", 8, 8, 3, 5},
    {"two_hundred_colours", 50, 20, 3, 200},
    {"more_than_a_palette", 64, 64, 3, 4000},
    {"narrow_and_high", 1, 100, 3, 3},
    {"all_white", 100, 100, 3, 1},
};
class EncodePng : public testing::TestWithParam<PngCase> {};
TEST_P(EncodePng, loses_nothing) {
    const Picture picture = picture_of(GetParam().width, GetParam().height, GetParam().channels, GetParam().colors);
    const std::string file = encode_png(picture.width, picture.height, picture.channels, picture.pixels, 150);
    EXPECT_EQ(read_back(file, picture), picture.pixels);
    EXPECT_EQ(encode_png(picture.width, picture.height, picture.channels, picture.pixels, 150), file);
}
INSTANTIATE_TEST_SUITE_P(, EncodePng, testing::ValuesIn(kPngCases), [](auto& test) { return test.param.says; });

TEST(EncodePngRows, rows_that_repeat_lose_nothing) {
    Picture picture = picture_of(64, 64, 3, 4000);
    constexpr std::ptrdiff_t kRow = 64 * 3;
    for (std::ptrdiff_t y = 1; y < 64; y += 2) {
        const auto above = picture.pixels.begin() + (y - 1) * kRow;
        std::copy(above, above + kRow, above + kRow);
    }
    EXPECT_EQ(read_back(encode_png(64, 64, 3, picture.pixels, 150), picture), picture.pixels);
}

TEST(EncodePngSize, a_black_and_white_page_takes_one_bit_a_pixel_at_most) {
    Picture page{800, 1000, 3, std::vector<std::uint8_t>(800 * 1000 * 3, 255)};
    for (std::size_t i = 0; i < page.pixels.size(); i += 3001) page.pixels[i] = page.pixels[i - i % 3] = 255;
    EXPECT_LT(encode_png(page.width, page.height, page.channels, page.pixels, 150).size(), 800U * 1000U / 8U);
}

}  // namespace
}  // namespace docwright::formats
