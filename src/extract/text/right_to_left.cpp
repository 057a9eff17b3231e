#include "extract/text/right_to_left.h"

#include <unicode/ubidi.h>
#include <unicode/utf16.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

constexpr int kSpace = -1;
constexpr int kSecondHalf = -2;  // of a character outside the first plane

struct CloseBidi {
    void operator()(UBiDi* bidi) const noexcept { ubidi_close(bidi); }
};

struct PaperText {
    std::vector<UChar> units;
    std::vector<int> glyphs;  // per unit: place in the line, or one of the above
    bool leftward = false;
};

PaperText read_paper(const PageFacts& facts, const Line& line) {
    PaperText text;
    std::size_t left = 0, right = 0;
    for (const Word& word : line.words) {
        if (!text.units.empty()) {
            text.units.push_back(u' ');
            text.glyphs.push_back(kSpace);
        }
        for (std::uint32_t i = word.first; i < word.first + word.count; ++i) {
            const char32_t code = facts.glyphs[line.glyphs[i]].code;
            if (is_right_to_left(code)) {
                ++left;
            } else if (is_letter(code)) {
                ++right;
            }
            text.glyphs.push_back(static_cast<int>(i));
            if (code > 0xFFFF && code <= 0x10FFFF) {
                text.units.push_back(U16_LEAD(code));
                text.units.push_back(U16_TRAIL(code));
                text.glyphs.push_back(kSecondHalf);
            } else {
                text.units.push_back(static_cast<UChar>(code));
            }
        }
    }
    text.leftward = left > 0 && left >= right;
    return text;
}

void reorder(const std::vector<int>& order, Line& line) {
    Line out;
    bool starts_word = true;
    for (int glyph : order) {
        if (glyph == kSecondHalf) continue;
        if (glyph == kSpace) {
            starts_word = true;
            continue;
        }
        if (starts_word) out.words.push_back({.first = static_cast<std::uint32_t>(out.glyphs.size())});
        starts_word = false;
        ++out.words.back().count;
        out.glyphs.push_back(line.glyphs[static_cast<std::size_t>(glyph)]);
        if (!line.raised.empty()) out.raised.push_back(line.raised[static_cast<std::size_t>(glyph)]);
    }
    line.glyphs = std::move(out.glyphs);
    line.raised = std::move(out.raised);
    line.words = std::move(out.words);
}

}  // namespace

void put_in_reading_order(const PageFacts& facts, Line& line) {
    bool any = false;
    for (std::uint32_t glyph : line.glyphs) any |= is_right_to_left(facts.glyphs[glyph].code);
    if (!any) return;
    const PaperText text = read_paper(facts, line);
    if (text.leftward) line.direction = Direction::RightToLeft;
    UErrorCode status = U_ZERO_ERROR;
    const auto count = static_cast<std::int32_t>(text.units.size());
    const std::unique_ptr<UBiDi, CloseBidi> bidi(ubidi_openSized(count, 0, &status));
    if (U_FAILURE(status)) return;
    ubidi_setInverse(bidi.get(), true);
    ubidi_setPara(bidi.get(), text.units.data(), count, text.leftward ? UBiDiLevel{1} : UBiDiLevel{0}, nullptr, &status);
    std::vector<std::int32_t> places(text.units.size());
    ubidi_getVisualMap(bidi.get(), places.data(), &status);
    if (U_FAILURE(status)) return;
    std::vector<int> order;
    for (std::int32_t place : places)
        if (place >= 0 && place < count) order.push_back(text.glyphs[static_cast<std::size_t>(place)]);
    if (order.size() == text.glyphs.size()) reorder(order, line);
}

}  // namespace docwright::extract
