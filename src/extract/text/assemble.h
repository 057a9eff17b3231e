// Lines → text of an element: spaces between words, line ends, ligatures, NFC, hyphens (contract/structure-info.md, 4.2).
// Offsets count code points. Fails: never. Cost: linear in glyphs.
#pragma once

#include <cstdint>
#include <span>

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
};

TextContent assemble(const PageFacts& facts, std::span<const LinePiece> pieces, LineEnds ends);

// Whole lines.
LinePiece whole(const Line& line);

}  // namespace docwright::extract
