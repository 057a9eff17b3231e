#include "formats/canvas.h"

#include <algorithm>
#include <array>
#include <utility>

namespace docwright::formats {
namespace {

constexpr int kPen = 2;        // pixels
constexpr int kLetterDot = 3;  // pixels of one dot of a letter: readable at 100 dpi
constexpr int kLetterColumns = 3;
constexpr int kLetterRows = 5;

// Letters of 3 × 5 dots, rows from the top, three bits each.
constexpr std::array<std::pair<char, std::uint16_t>, 22> kLetters = {{
    {'0', 0b111101101101111}, {'1', 0b010110010010111}, {'2', 0b111001111100111}, {'3', 0b111001111001111}, {'4', 0b101101111001001},
    {'5', 0b111100111001111}, {'6', 0b111100111101111}, {'7', 0b111001010010010}, {'8', 0b111101111101111}, {'9', 0b111101111001111},
    {'/', 0b001001010100100}, {'T', 0b111010010010010}, {'H', 0b101101111101101}, {'P', 0b111101111100100}, {'B', 0b110101110101110},
    {'F', 0b111100111100100}, {'I', 0b111010010010111}, {'L', 0b100100100100111}, {'N', 0b110101101101101}, {'S', 0b011100010001110},
    {'A', 0b111101111101101}, {'M', 0b101111111101101},
}};

std::uint16_t dots_of(char letter) {
    const auto found = std::ranges::find(kLetters, letter, &std::pair<char, std::uint16_t>::first);
    return found == kLetters.end() ? std::uint16_t{0} : found->second;
}

}  // namespace

Canvas::Canvas(int width, int height, int channels, const std::vector<std::uint8_t>& pixels) : width_(width), height_(height) {
    if (channels == 3) {
        pixels_ = pixels;
        return;
    }
    pixels_.reserve(pixels.size() * 3);
    for (std::uint8_t grey : pixels) pixels_.insert(pixels_.end(), 3, grey);
}

void Canvas::fill(const PixelBox& box, std::uint32_t color, int share) {
    for (int y = std::max(0, box.top); y < std::min(height_, box.bottom); ++y) {
        for (int x = std::max(0, box.left); x < std::min(width_, box.right); ++x) {
            std::uint8_t* pixel =
                &pixels_[(static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x)) * 3];
            for (int channel = 0; channel < 3; ++channel) {
                const int wanted = static_cast<int>(color >> (16 - 8 * channel) & 0xFFU);
                pixel[channel] = static_cast<std::uint8_t>((pixel[channel] * (5 - share) + wanted * share) / 5);
            }
        }
    }
}

void Canvas::outline(const PixelBox& box, std::uint32_t color) {
    fill({box.left, box.top, box.right, box.top + kPen}, color, 5);
    fill({box.left, box.bottom - kPen, box.right, box.bottom}, color, 5);
    fill({box.left, box.top, box.left + kPen, box.bottom}, color, 5);
    fill({box.right - kPen, box.top, box.right, box.bottom}, color, 5);
}

void Canvas::tint(const PixelBox& box, std::uint32_t color) { fill(box, color, 1); }

void Canvas::label(int x, int y, std::string_view text, std::uint32_t color) {
    constexpr int kStep = (kLetterColumns + 1) * kLetterDot;
    const int width = static_cast<int>(text.size()) * kStep;
    fill({x, y, x + width + kLetterDot, y + (kLetterRows + 2) * kLetterDot}, 0xFFFFFF, 4);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint16_t dots = dots_of(text[i]);
        for (int dot = 0; dot < kLetterColumns * kLetterRows; ++dot) {
            if ((dots >> (kLetterColumns * kLetterRows - 1 - dot) & 1U) == 0) continue;
            const int left = x + kLetterDot + static_cast<int>(i) * kStep + dot % kLetterColumns * kLetterDot;
            const int top = y + kLetterDot + dot / kLetterColumns * kLetterDot;
            fill({left, top, left + kLetterDot, top + kLetterDot}, color, 5);
        }
    }
}

}  // namespace docwright::formats
