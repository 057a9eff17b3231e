#include "formats/png.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <unordered_map>
#include <vector>

namespace docwright::formats {
namespace {

constexpr std::size_t kPaletteColors = 256;  // what eight bits can name
constexpr int kDeflateLevel = 5;             // past it, pages of text shrink by 2 % and take twice the time
constexpr double kInchesPerMeter = 1000 / 25.4;

enum ColorType : std::uint8_t { kGrey = 0, kRgb = 2, kPalette = 3 };

struct Compressor {
    void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

void append_number(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFFU);
}

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
    append_number(out, static_cast<std::uint32_t>(data.size()));
    const std::size_t start = out.size();
    out += type;
    out += data;
    append_number(out, libdeflate_crc32(0, out.data() + start, out.size() - start));
}

std::string compressed(const std::vector<std::uint8_t>& rows) {
    const std::unique_ptr<libdeflate_compressor, Compressor> compressor(libdeflate_alloc_compressor(kDeflateLevel));
    std::string out(libdeflate_zlib_compress_bound(compressor.get(), rows.size()), '\0');
    out.resize(libdeflate_zlib_compress(compressor.get(), rows.data(), rows.size(), out.data(), out.size()));
    return out;
}

// ---- few colours: a palette ---------------------------------------------------------------------------------------------

struct Palette {
    std::vector<std::uint32_t> colors;  // in the order of their number, ascending
    std::vector<std::uint8_t> index_of_pixel;
    bool grey = false;  // all of them are; then `depth` bits of grey say them without a table
    int depth = 8;
};

// Colours of the pixels in ascending order; more than fit a palette: empty.
std::vector<std::uint32_t> colors_of(std::size_t count, int channels, std::span<const std::uint8_t> pixels) {
    std::array<std::uint64_t, 4> grey_seen{};
    std::unordered_map<std::uint32_t, bool> seen;
    std::uint32_t last = 0xFFFFFFFF;
    for (std::size_t i = 0; i < count; ++i) {
        if (channels == 1) {
            grey_seen[pixels[i] >> 6U] |= std::uint64_t{1} << (pixels[i] & 63U);
            continue;
        }
        const std::uint8_t* pixel = &pixels[i * 3];
        const std::uint32_t color = static_cast<std::uint32_t>(pixel[0]) << 16U | static_cast<std::uint32_t>(pixel[1]) << 8U | pixel[2];
        if (color == last) continue;
        last = color;
        seen.try_emplace(color, true);
        if (seen.size() > kPaletteColors) return {};
    }
    std::vector<std::uint32_t> colors;
    for (std::uint32_t level = 0; channels == 1 && level < 256; ++level) {
        if (grey_seen[level >> 6U] >> (level & 63U) & 1U) colors.push_back(level * 0x010101);
    }
    for (const auto& [color, unused] : seen) colors.push_back(color);
    std::ranges::sort(colors);
    return colors;
}

int bits_for(std::size_t colors) { return colors <= 2 ? 1 : colors <= 4 ? 2 : colors <= 16 ? 4 : 8; }

Palette palette_of(std::size_t count, int channels, std::span<const std::uint8_t> pixels) {
    Palette palette{.colors = colors_of(count, channels, pixels)};
    if (palette.colors.empty()) return palette;
    palette.depth = bits_for(palette.colors.size());
    palette.grey = std::ranges::all_of(palette.colors, [](std::uint32_t color) { return color == (color & 0xFFU) * 0x010101; });
    std::array<std::uint8_t, 256> of_grey{};
    std::unordered_map<std::uint32_t, std::uint8_t> of_color;
    for (std::size_t i = 0; i < palette.colors.size(); ++i) {
        of_grey[palette.colors[i] & 0xFFU] = static_cast<std::uint8_t>(i);
        of_color[palette.colors[i]] = static_cast<std::uint8_t>(i);
    }
    palette.index_of_pixel.resize(count);
    std::uint32_t last = 0xFFFFFFFF;
    std::uint8_t index = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (palette.grey) {
            palette.index_of_pixel[i] = of_grey[pixels[i * static_cast<std::size_t>(channels)]];
            continue;
        }
        const std::uint8_t* pixel = &pixels[i * 3];
        const std::uint32_t color = static_cast<std::uint32_t>(pixel[0]) << 16U | static_cast<std::uint32_t>(pixel[1]) << 8U | pixel[2];
        if (color != last) index = of_color[last = color];
        palette.index_of_pixel[i] = index;
    }
    return palette;
}

std::vector<std::uint8_t> packed_rows(std::size_t width, std::size_t height, const Palette& palette) {
    const auto depth = static_cast<std::size_t>(palette.depth);
    const std::size_t row_bytes = (width * depth + 7) / 8;
    std::vector<std::uint8_t> rows(height * (row_bytes + 1), 0);
    for (std::size_t y = 0; y < height; ++y) {
        std::uint8_t* row = &rows[y * (row_bytes + 1) + 1];  // the byte before it is the filter: none
        for (std::size_t x = 0; x < width; ++x) {
            const std::size_t bit = x * depth;
            row[bit / 8] = static_cast<std::uint8_t>(row[bit / 8] | palette.index_of_pixel[y * width + x] << (8 - depth - bit % 8));
        }
    }
    return rows;
}

// ---- many colours: a filter for every row (the smallest sum of differences, as the PNG recommendation says). Paeth is left
// out: of rendered pages it saves 2 % and takes as long as everything else together.

enum Filter : std::uint8_t { kNone = 0, kSub = 1, kUp = 2 };
constexpr std::size_t kBlock = 32;  // bytes; a fixed count lets the compiler take several at once

std::uint32_t difference(std::uint8_t value, std::uint8_t other) {
    const auto up = static_cast<std::uint8_t>(value - other);
    return std::min(up, static_cast<std::uint8_t>(other - value));
}

// Rows are at most a few tens of thousands of bytes, so the sum fits.
std::uint32_t sum_of_differences(const std::uint8_t* row, const std::uint8_t* other, std::size_t size) {
    std::uint32_t sum = 0;
    std::size_t x = 0;
    for (; x + kBlock <= size; x += kBlock) {
        for (std::size_t i = 0; i < kBlock; ++i) sum += difference(row[x + i], other[x + i]);
    }
    for (; x < size; ++x) sum += difference(row[x], other[x]);
    return sum;
}

void put_difference(std::uint8_t* out, const std::uint8_t* row, const std::uint8_t* other, std::size_t size) {
    for (std::size_t x = 0; x < size; ++x) out[x] = static_cast<std::uint8_t>(row[x] - other[x]);
}

std::vector<std::uint8_t> filtered_rows(std::size_t row_bytes, std::size_t height, std::size_t channels,
                                        std::span<const std::uint8_t> pixels) {
    std::vector<std::uint8_t> rows(height * (row_bytes + 1), 0);
    const std::vector<std::uint8_t> zeros(row_bytes, 0);
    const std::size_t first = std::min(channels, row_bytes);  // the pixel that has none at its left
    for (std::size_t y = 0; y < height; ++y) {
        const std::uint8_t* row = pixels.data() + y * row_bytes;
        const std::uint8_t* above = y == 0 ? zeros.data() : row - row_bytes;
        std::uint8_t* filter = &rows[y * (row_bytes + 1)];
        std::uint8_t* out = filter + 1;
        // Many rows of a rendered page repeat the one above: no filter does better than the zeros that stand here already.
        if (y > 0 && std::equal(row, row + row_bytes, above)) {
            *filter = kUp;
            continue;
        }
        const std::uint32_t none = sum_of_differences(row, zeros.data(), row_bytes);
        const std::uint32_t sub = sum_of_differences(row, zeros.data(), first) + sum_of_differences(row + first, row, row_bytes - first);
        const std::uint32_t up = sum_of_differences(row, above, row_bytes);
        if (none <= sub && none <= up) {
            *filter = kNone;
            std::copy(row, row + row_bytes, out);
        } else if (sub <= up) {
            *filter = kSub;
            std::copy(row, row + first, out);
            put_difference(out + first, row + first, row, row_bytes - first);
        } else {
            *filter = kUp;
            put_difference(out, row, above, row_bytes);
        }
    }
    return rows;
}

std::string palette_table(const Palette& palette) {
    std::string table;
    for (std::uint32_t color : palette.colors) {
        for (int shift : {16, 8, 0}) table += static_cast<char>(color >> shift & 0xFFU);
    }
    return table;
}

void append_header(std::string& png, int width, int height, int depth, ColorType type, double dpi) {
    png += "\x89PNG\r\n\x1a\n";
    std::string header;
    append_number(header, static_cast<std::uint32_t>(width));
    append_number(header, static_cast<std::uint32_t>(height));
    header += static_cast<char>(depth);
    header += static_cast<char>(type);
    header.append(3, '\0');  // deflate, the usual filters, not interlaced
    append_chunk(png, "IHDR", header);
    if (dpi <= 0) return;
    std::string density;
    const auto per_meter = static_cast<std::uint32_t>(std::lround(dpi * kInchesPerMeter));
    append_number(density, per_meter);
    append_number(density, per_meter);
    density += '\1';
    append_chunk(png, "pHYs", density);
}

}  // namespace

std::string encode_png(int width, int height, int channels, std::span<const std::uint8_t> pixels, double dpi) {
    const auto columns = static_cast<std::size_t>(width);
    const auto lines = static_cast<std::size_t>(height);
    const Palette palette = palette_of(columns * lines, channels, pixels);
    std::string png;
    // Grey of all 256 levels needs no palette; up to 16 levels are fewer bits with one, in between the filters win.
    const bool by_palette = !palette.colors.empty() && (palette.depth < 8 || !palette.grey);
    if (by_palette) {
        append_header(png, width, height, palette.depth, kPalette, dpi);
        append_chunk(png, "PLTE", palette_table(palette));
        append_chunk(png, "IDAT", compressed(packed_rows(columns, lines, palette)));
    } else if (palette.grey && channels == 3) {
        std::vector<std::uint8_t> grey(columns * lines);
        for (std::size_t i = 0; i < grey.size(); ++i) grey[i] = pixels[i * 3];
        append_header(png, width, height, 8, kGrey, dpi);
        append_chunk(png, "IDAT", compressed(filtered_rows(columns, lines, 1, grey)));
    } else {
        const auto bytes = static_cast<std::size_t>(channels);
        append_header(png, width, height, 8, channels == 1 ? kGrey : kRgb, dpi);
        append_chunk(png, "IDAT", compressed(filtered_rows(columns * bytes, lines, bytes, pixels)));
    }
    append_chunk(png, "IEND", "");
    return png;
}

}  // namespace docwright::formats
