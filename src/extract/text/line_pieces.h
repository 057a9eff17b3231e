// A stretch of a line's words as a line of its own. Fails: never.
#pragma once

#include <cstdint>

#include "extract/page/line.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

// Words [first_word, first_word + word_count) of `line`, with box, size and style of their own.
Line line_piece(const PageFacts& facts, const Line& line, std::uint32_t first_word, std::uint32_t word_count);

// Fills the boxes of the words, and box, size and style of the line, from its glyphs.
void measure_line(const PageFacts& facts, Line& line);

}  // namespace docwright::extract
