// Words and lines: what extract/text/ makes of the glyphs of a page. Units as in page_facts.h.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/page/geometry.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

struct Word {
    std::uint32_t first = 0;  // range of Line::glyphs
    std::uint32_t count = 0;
    Box box;  // union of the advance boxes
};

enum class Direction : std::uint8_t { LeftToRight, RightToLeft, TopToBottom };
enum class Raised : std::int8_t { Subscript = -1, No = 0, Superscript = 1 };

// Words on one baseline without a column gap between them. Superscripts and subscripts belong to their line.
struct Line {
    std::vector<std::uint32_t> glyphs;  // indexes into PageFacts::glyphs, in logical (reading) order
    std::vector<Raised> raised;         // parallel to glyphs; empty if none is raised
    std::vector<Word> words;            // in logical order
    Box box;                            // union of the words' boxes, in height of the unraised glyphs only
    double baseline = 0;                // y of the origin for angle 0, else its place across the turned axis
    double angle = 0;                   // degrees clockwise
    double size = 0;                    // dominant font size by glyph count
    StyleIndex style = 0;               // dominant style by glyph count
    Direction direction = Direction::LeftToRight;
};

}  // namespace docwright::extract
