#include "extract/text/assemble.h"

#include <algorithm>
#include <cstddef>

#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

constexpr std::int32_t kNoGlyph = -1;
// An accent is drawn over its letter: at least half of it.
constexpr double kAccentOverlap = 0.4;
// Shortest pieces of a compound that count as words of their own.
constexpr std::size_t kLeastWord = 3;

struct Writer {
    const PageFacts& facts;
    TextContent& content;

    void put(char32_t code, std::int32_t glyph) {
        content.text.push_back(code);
        content.glyphs.push_back(glyph);
    }
    void put_space() {
        if (!content.text.empty() && content.text.back() != U' ' && content.text.back() != U'\n') put(U' ', kNoGlyph);
    }
    void put_letters(char32_t code, std::uint32_t glyph) {
        for (char32_t letter : plain_letters(code)) {
            if (letter == U' ') {
                put_space();
            } else if (!put_mark(letter)) {
                put(letter, static_cast<std::int32_t>(glyph));
            }
        }
    }
    // A combining mark joins the letter before it.
    bool put_mark(char32_t mark) {
        if (mark < 0x300 || combining_of(mark) != mark || content.text.empty()) return false;
        const char32_t whole_letter = composed(content.text.back(), mark);
        if (whole_letter) content.text.back() = whole_letter;
        return whole_letter != 0;
    }
    void put_glyph(std::uint32_t index) {
        const Glyph& glyph = facts.glyphs[index];
        put_letters(glyph.code, index);
        for (std::uint32_t i = 0; i < glyph.further_count && glyph.first_further + i < facts.further.size(); ++i)
            put_letters(facts.further[glyph.first_further + i], index);
    }
    void put_word(const Line& line, const Word& word);
    bool put_accented(std::uint32_t first, std::uint32_t second);
};

// Typesetters without accented letters draw the accent over its letter, before or after it.
bool Writer::put_accented(std::uint32_t first, std::uint32_t second) {
    const Glyph *accent = &facts.glyphs[first], *letter = &facts.glyphs[second];
    std::uint32_t letter_index = second;
    if (!combining_of(accent->code) && combining_of(letter->code)) {
        std::swap(accent, letter);
        letter_index = first;
    }
    const char32_t mark = combining_of(accent->code);
    if (mark == 0 || !is_letter(letter->code) || letter->further_count != 0) return false;
    if (shared_width(accent->advance, letter->advance) < kAccentOverlap * accent->advance.width()) return false;
    const char32_t whole_letter = composed(letter->code, mark);
    if (whole_letter == 0) return false;
    put(whole_letter, static_cast<std::int32_t>(letter_index));
    return true;
}

void Writer::put_word(const Line& line, const Word& word) {
    for (std::uint32_t i = word.first; i < word.first + word.count; ++i) {
        if (i + 1 < word.first + word.count && put_accented(line.glyphs[i], line.glyphs[i + 1])) {
            ++i;
            continue;
        }
        put_glyph(line.glyphs[i]);
    }
}

std::u32string last_word(const std::u32string& text) {
    const std::size_t space = text.find_last_of(U" \n");
    return space == std::u32string::npos ? text : text.substr(space + 1);
}

std::u32string lowered_letters(std::u32string_view word) {
    std::u32string out;
    for (char32_t c : word)
        if (is_letter(c)) out.push_back(lower(c));
    return out;
}

std::u32string first_word_of(const PageFacts& facts, const LinePiece& piece) {
    std::u32string out;
    if (piece.word_count == 0) return out;
    const Word& word = piece.line->words[piece.first_word];
    for (std::uint32_t i = word.first; i < word.first + word.count; ++i)
        for (char32_t c : plain_letters(facts.glyphs[piece.line->glyphs[i]].code)) out.push_back(c);
    return out;
}

void end_line(Writer& writer, const LinePiece& before, const LinePiece& piece, LineEnds ends, const WordSet& known) {
    TextContent& content = writer.content;
    if (ends == LineEnds::CarriageReturnNewline) {
        writer.put(U'\r', kNoGlyph);
        writer.put(U'\n', kNoGlyph);
        return;
    }
    if (ends == LineEnds::Newline) return writer.put(U'\n', kNoGlyph);
    const char32_t last = content.text.back();
    const std::u32string next = first_word_of(writer.facts, piece);
    if (is_hyphen(last) && !next.empty() && is_letter(next.front())) {
        const std::u32string word = last_word(content.text);
        if (word.size() > 1 && is_letter(word[word.size() - 2])) {
            if (hyphen_goes(word, next, known)) {
                content.text.pop_back();
                content.glyphs.pop_back();
            }
            return;
        }
    }
    if (before.forced_end) return writer.put(U'\n', kNoGlyph);
    const bool unspaced = !next.empty() && is_ideograph(last) && is_ideograph(next.front());
    if (!unspaced) writer.put_space();
}

// The style of the first glyph that the text shows.
StyleIndex first_style(const PageFacts& facts, const TextContent& content, StyleIndex otherwise) {
    for (std::int32_t glyph : content.glyphs)
        if (glyph >= 0) return facts.glyphs[static_cast<std::size_t>(glyph)].style;
    return otherwise;
}

}  // namespace

LinePiece whole(const Line& line) { return {.line = &line, .word_count = static_cast<std::uint32_t>(line.words.size())}; }

WordSet words_of(const PageFacts& facts, std::span<const Line> lines) {
    WordSet words;
    auto ends_in_hyphen = [&](const Line& line) { return !line.glyphs.empty() && is_hyphen(facts.glyphs[line.glyphs.back()].code); };
    if (std::none_of(lines.begin(), lines.end(), ends_in_hyphen)) return words;
    std::u32string letters;
    auto keep = [&] {
        while (!letters.empty() && is_hyphen(letters.back())) letters.pop_back();
        if (letters.size() >= kLeastWord) words.insert(letters);
        letters.clear();
    };
    for (std::size_t l = 0; l < lines.size(); ++l) {
        const Line& line = lines[l];
        for (std::size_t w = 0; w < line.words.size(); ++w) {
            // Words that a line end cuts are no witnesses.
            if (w + 1 == line.words.size() && ends_in_hyphen(line)) continue;
            if (w == 0 && l > 0 && ends_in_hyphen(lines[l - 1])) continue;
            for (std::uint32_t i = line.words[w].first; i < line.words[w].first + line.words[w].count; ++i) {
                const char32_t code = facts.glyphs[line.glyphs[i]].code;
                if (is_letter(code)) {
                    letters.push_back(lower(code));
                } else if (is_hyphen(code) && !letters.empty()) {
                    letters.push_back(U'-');
                } else {
                    keep();
                }
            }
            keep();
        }
    }
    return words;
}

bool hyphen_goes(std::u32string_view before, std::u32string_view after, const WordSet& known) {
    if (before.empty()) return false;
    if (before.back() == 0xAD) return true;
    const std::u32string head = lowered_letters(before), tail = lowered_letters(after);
    if (head.empty() || tail.empty()) return false;
    if (known.contains(head + tail)) return true;
    if (known.contains(head + U"-" + tail)) return false;
    const bool capitals =
        is_upper(after.front()) && after.size() > 1 && is_upper(after[1]) && before.size() > 1 && is_upper(before[before.size() - 2]);
    if (!is_lower(after.front()) && !capitals) return false;
    if (before.substr(0, before.size() - 1).find_first_of(U"-–/") != std::u32string_view::npos) return false;
    const bool compound = head.size() >= kLeastWord && tail.size() >= kLeastWord && known.contains(head) && known.contains(tail);
    return !compound;
}

TextContent assemble(const PageFacts& facts, std::span<const LinePiece> pieces, LineEnds ends, const WordSet& known) {
    TextContent content;
    Writer writer{.facts = facts, .content = content};
    const LinePiece* before = nullptr;
    std::size_t leftward = 0;
    for (const LinePiece& piece : pieces) {
        if (piece.word_count == 0) continue;
        if (before && !content.text.empty()) end_line(writer, *before, piece, ends, known);
        content.line_starts.push_back(static_cast<std::uint32_t>(content.text.size()));
        if (piece.line->direction == Direction::RightToLeft) ++leftward;
        for (std::uint32_t w = piece.first_word; w < piece.first_word + piece.word_count; ++w) {
            if (w > piece.first_word) writer.put_space();
            writer.put_word(*piece.line, piece.line->words[w]);
        }
        before = &piece;
    }
    while (!content.text.empty() && (content.text.back() == U' ' || content.text.back() == U'\n' || content.text.back() == U'\r')) {
        content.text.pop_back();
        content.glyphs.pop_back();
    }
    for (std::uint32_t& start : content.line_starts) start = std::min(start, static_cast<std::uint32_t>(content.text.size()));
    if (before) {
        content.style = first_style(facts, content, before->line->style);
        content.direction = 2 * leftward > pieces.size()                               ? Direction::RightToLeft
                            : pieces.front().line->direction == Direction::TopToBottom ? Direction::TopToBottom
                                                                                       : Direction::LeftToRight;
    }
    return content;
}

}  // namespace docwright::extract
