// Pages for tests, drawn from text: every character is half an em wide, a space a quarter, so that places can be told by eye.
// Units: points, origin top left, y of text is its baseline. Used by tests and fuzz targets alone.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <string>
#include <string_view>
#include <vector>

#include "extract/page/document_facts.h"
#include "extract/page/line.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

// Fonts of every fixture, by index.
constexpr FontIndex kPlainFont = 0, kBoldFont = 1, kItalicFont = 2, kMonoFont = 3, kMathFont = 4;

// Widths, heights and places of drawn characters.
constexpr double kCharacterEm = 0.5, kSpaceEm = 0.25, kAscentEm = 0.8, kDescentEm = 0.2, kLeadingEm = 1.2;
constexpr double kPictureLeft = 50, kPictureTop = 60, kPictureColumn = 5, kPictureRow = 12;

struct Look {
    double size = 10;
    FontIndex font = kPlainFont;
    std::uint32_t color = 0;
    double angle = 0;
    Hidden hidden = Hidden::No;
};

class PageFixture {
public:
    explicit PageFixture(double width = 600, double height = 800, int page_index = 0);

    // One run of text; gives where it ends. Spaces become `space_before`, as the reader of pages gives them.
    double text(std::u32string_view words, double x, double baseline, Look look = {});
    // Lines of text, 1.2 em apart, each starting at x; gives the baseline of the line that would follow.
    double lines(std::vector<std::u32string> rows, double x, double baseline, Look look = {});
    // A page from a picture: one row a line of 10 points, 12 apart from y = 60, one character 5 points from x = 50.
    void picture(std::u32string_view rows);
    void ruling(Axis axis, double position, double from, double to);

    PageFacts facts;
    DocumentFacts document;

private:
    StyleIndex style_of(const Look& look);
};

inline PageFixture::PageFixture(double width, double height, int page_index) {
    facts.width = width;
    facts.height = height;
    facts.page_index = page_index;
    document.page_count = page_index + 1;
    document.fonts.resize(5);
    for (FontFacts& font : document.fonts) font.name = font.family = "Fixture";
    document.fonts[kBoldFont].weight = 700;
    document.fonts[kItalicFont].italic = true;
    document.fonts[kMonoFont].monospaced = true;
    document.fonts[kMathFont].math = true;
}

inline StyleIndex PageFixture::style_of(const Look& look) {
    const TextStyle style{
        .font = look.font, .size = static_cast<float>(look.size), .angle = static_cast<float>(look.angle), .color = look.color};
    const auto found = std::find(facts.styles.begin(), facts.styles.end(), style);
    const auto index = static_cast<StyleIndex>(found - facts.styles.begin());
    if (found == facts.styles.end()) facts.styles.push_back(style);
    return index;
}

inline double PageFixture::text(std::u32string_view words, double x, double baseline, Look look) {
    const StyleIndex style = style_of(look);
    const double width = kCharacterEm * look.size;
    const double radians = look.angle * std::numbers::pi / 180;
    double along = 0;
    bool space = !facts.glyphs.empty();
    if (!words.empty() && words.front() != U' ') space = false;
    for (char32_t code : words) {
        if (code == U' ') {
            along += kSpaceEm * look.size;
            space = true;
            continue;
        }
        Glyph glyph{.code = code, .style = style, .hidden = look.hidden, .space_before = space};
        const double left = x + along * std::cos(radians), base = baseline + along * std::sin(radians);
        glyph.origin_x = static_cast<float>(left);
        glyph.origin_y = static_cast<float>(base);
        glyph.advance = {left, base - kAscentEm * look.size, left + width, base + kDescentEm * look.size};
        if (look.angle != 0) {  // the hull of the turned box
            const double up_x = std::sin(radians) * look.size, up_y = -std::cos(radians) * look.size;
            const double to_x = std::cos(radians) * width, to_y = std::sin(radians) * width;
            glyph.advance = {left + std::min({0.0, to_x, up_x, to_x + up_x}), base + std::min({0.0, to_y, up_y, to_y + up_y}),
                             left + std::max({0.0, to_x, up_x, to_x + up_x}), base + std::max({0.0, to_y, up_y, to_y + up_y})};
        }
        glyph.ink = glyph.advance;
        glyph.paint_order = static_cast<std::uint32_t>(facts.glyphs.size());
        facts.glyphs.push_back(glyph);
        along += width;
        space = false;
    }
    return x + along;
}

inline double PageFixture::lines(std::vector<std::u32string> rows, double x, double baseline, Look look) {
    for (const std::u32string& row : rows) {
        text(row, x, baseline, look);
        baseline += kLeadingEm * look.size;
    }
    return baseline;
}

inline void PageFixture::picture(std::u32string_view rows) {
    double x = kPictureLeft, y = kPictureTop;
    const StyleIndex style = style_of({});
    bool space = false;
    for (char32_t code : rows) {
        if (code == U'\n') {
            y += kPictureRow;
            x = kPictureLeft;
            space = false;
            continue;
        }
        if (code != U' ') {
            Glyph glyph{.code = code, .style = style, .space_before = space};
            glyph.origin_x = static_cast<float>(x);
            glyph.origin_y = static_cast<float>(y);
            glyph.advance = {x, y - 8, x + kPictureColumn, y + 2};
            glyph.ink = glyph.advance;
            facts.glyphs.push_back(glyph);
        }
        space = code == U' ';
        x += kPictureColumn;
    }
}

inline void PageFixture::ruling(Axis axis, double position, double from, double to) {
    facts.rulings.push_back({.axis = axis, .position = position, .from = from, .to = to, .thickness = 1});
}

// What lines say, words parted by a space.
inline std::vector<std::u32string> spelled(const PageFacts& facts, const std::vector<Line>& lines) {
    std::vector<std::u32string> out;
    for (const Line& line : lines) {
        std::u32string& text = out.emplace_back();
        for (const Word& word : line.words) {
            if (!text.empty()) text.push_back(U' ');
            for (std::uint32_t i = word.first; i < word.first + word.count; ++i) text.push_back(facts.glyphs[line.glyphs[i]].code);
        }
    }
    return out;
}

// For messages of failed tests.
inline std::string narrow(std::u32string_view text) {
    std::string out;
    for (char32_t c : text) out.push_back(c < 0x80 ? static_cast<char>(c) : '?');
    return out;
}

// A page from any bytes, for fuzz targets: places that make no sense included.
inline PageFacts page_from(const std::uint8_t* bytes, std::size_t size) {
    constexpr std::size_t kGlyphBytes = 6;
    constexpr double kStep = 2.5;
    PageFixture fixture(612, 792);
    const std::uint8_t* end = bytes + size;
    for (; static_cast<std::size_t>(end - bytes) >= kGlyphBytes; bytes += kGlyphBytes) {
        Look look{.size = 2.0 + bytes[3] % 32, .font = bytes[4] % 5U};
        if (bytes[5] & 1U) look.angle = (bytes[5] >> 1U) % 8 * 45.0 - 135;
        if (bytes[5] & 0x40U) look.hidden = static_cast<Hidden>(bytes[4] % 9U);
        fixture.text(std::u32string(1, U' ' + bytes[2]), bytes[0] * kStep, bytes[1] * kStep * 1.3, look);
        if (fixture.facts.glyphs.empty() || !(bytes[5] & 0x80U)) continue;
        Glyph& glyph = fixture.facts.glyphs.back();
        const double strange[] = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), -1e30, 1e-30};
        glyph.advance.right = strange[bytes[4] % 4U];
        if (bytes[4] & 0x10U) glyph.origin_x = static_cast<float>(strange[bytes[3] % 4U]);
        glyph.space_before = (bytes[4] & 0x20U) != 0;
    }
    return std::move(fixture.facts);
}

}  // namespace docwright::extract
