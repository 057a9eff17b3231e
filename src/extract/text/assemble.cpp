#include "extract/text/assemble.h"

namespace docwright::extract {

namespace {

constexpr std::int32_t kNoGlyph = -1;

void append(TextContent& content, char32_t code, std::int32_t glyph) {
    content.text.push_back(code);
    content.glyphs.push_back(glyph);
}

void append_glyph(const PageFacts& facts, std::uint32_t index, TextContent& content) {
    const Glyph& glyph = facts.glyphs[index];
    append(content, glyph.code, static_cast<std::int32_t>(index));
    for (std::uint16_t i = 0; i < glyph.further_count && glyph.first_further + i < facts.further.size(); ++i)
        append(content, facts.further[glyph.first_further + i], static_cast<std::int32_t>(index));
}

void append_line_end(LineEnds ends, TextContent& content) {
    switch (ends) {
        case LineEnds::Space: append(content, U' ', kNoGlyph); break;
        case LineEnds::Newline: append(content, U'\n', kNoGlyph); break;
        case LineEnds::CarriageReturnNewline:
            append(content, U'\r', kNoGlyph);
            append(content, U'\n', kNoGlyph);
            break;
    }
}

}  // namespace

LinePiece whole(const Line& line) { return {.line = &line, .word_count = static_cast<std::uint32_t>(line.words.size())}; }

TextContent assemble(const PageFacts& facts, std::span<const LinePiece> pieces, LineEnds ends) {
    TextContent content;
    for (const LinePiece& piece : pieces) {
        if (!content.text.empty()) append_line_end(ends, content);
        content.line_starts.push_back(static_cast<std::uint32_t>(content.text.size()));
        for (std::uint32_t w = piece.first_word; w < piece.first_word + piece.word_count; ++w) {
            if (w > piece.first_word) append(content, U' ', kNoGlyph);
            const Word& word = piece.line->words[w];
            for (std::uint32_t i = word.first; i < word.first + word.count; ++i) append_glyph(facts, piece.line->glyphs[i], content);
        }
    }
    if (!pieces.empty()) content.style = pieces.front().line->style;
    return content;
}

}  // namespace docwright::extract
