// Lines → text of an element: spaces between words, line ends, ligatures, accents, NFC, hyphens (contract/structure-info.md, 4.2).
// Offsets count code points. Every code point names the glyph it comes from, or none: spaces, line ends.
// A hyphen that a line break put into a word goes, and its glyph with it: the element still owns it.
// Fails: never. Cost: linear in glyphs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_set>

#include "extract/page/element.h"
#include "extract/page/line.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

// How printed line ends read.
enum class LineEnds : std::uint8_t { Space, Newline, CarriageReturnNewline };

// A piece of a line: words [first_word, first_word + word_count).
struct LinePiece {
    const Line* line = nullptr;
    std::uint32_t first_word = 0;
    std::uint32_t word_count = 0;
    bool forced_end = false;  // the line was ended on purpose (address, verse): with LineEnds::Space its end is a line feed
};

// Words of a page in lower case, to tell hyphens of a line break from those of the word. Empty if no line ends in a hyphen.
// Only asked what it holds, never walked: its order is of no account.
using WordSet = std::unordered_set<std::u32string>;
WordSet words_of(const PageFacts& facts, std::span<const Line> lines);

// Whether the hyphen at the end of `before` goes when `after` follows on the next line: the joined word is known, or it is no
// compound of known words. Both are whole words as printed.
bool hyphen_goes(std::u32string_view before, std::u32string_view after, const WordSet& known);

TextContent assemble(const PageFacts& facts, std::span<const LinePiece> pieces, LineEnds ends, const WordSet& known);

// The whole line.
LinePiece whole(const Line& line);

}  // namespace docwright::extract
