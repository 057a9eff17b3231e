#include "extract/text/line_pieces.h"

#include <algorithm>
#include <map>

namespace docwright::extract {

namespace {

void measure_words(const PageFacts& facts, Line& line) {
    for (Word& word : line.words) {
        for (std::uint32_t i = word.first; i < word.first + word.count; ++i) {
            const Box& box = facts.glyphs[line.glyphs[i]].advance;
            word.box = i == word.first ? box : joined(word.box, box);
        }
    }
}

}  // namespace

void measure_line(const PageFacts& facts, Line& line) {
    measure_words(facts, line);
    std::map<StyleIndex, std::uint32_t> counts;
    bool any_level = false;
    Box level;
    for (std::uint32_t i = 0; i < line.glyphs.size(); ++i) {
        const Glyph& glyph = facts.glyphs[line.glyphs[i]];
        line.box = i == 0 ? glyph.advance : joined(line.box, glyph.advance);
        if (!line.raised.empty() && line.raised[i] != Raised::No) continue;
        ++counts[glyph.style];
        level = any_level ? joined(level, glyph.advance) : glyph.advance;
        any_level = true;
    }
    if (any_level && line.angle == 0) {
        line.box.top = level.top;
        line.box.bottom = level.bottom;
    }
    if (counts.empty() && !line.glyphs.empty()) counts[facts.glyphs[line.glyphs.front()].style] = 1;
    std::uint32_t most = 0;
    for (const auto& [style, count] : counts) {
        if (count <= most) continue;
        most = count;
        line.style = style;
    }
    if (line.style < facts.styles.size()) line.size = facts.styles[line.style].size;
}

Line line_piece(const PageFacts& facts, const Line& line, std::uint32_t first_word, std::uint32_t word_count) {
    Line piece{.baseline = line.baseline, .angle = line.angle, .direction = line.direction};
    for (std::uint32_t w = first_word; w < first_word + word_count; ++w) {
        const Word& word = line.words[w];
        piece.words.push_back({.first = static_cast<std::uint32_t>(piece.glyphs.size()), .count = word.count});
        for (std::uint32_t i = word.first; i < word.first + word.count; ++i) {
            piece.glyphs.push_back(line.glyphs[i]);
            if (!line.raised.empty()) piece.raised.push_back(line.raised[i]);
        }
    }
    if (std::all_of(piece.raised.begin(), piece.raised.end(), [](Raised raised) { return raised == Raised::No; })) piece.raised.clear();
    measure_line(facts, piece);
    return piece;
}

}  // namespace docwright::extract
