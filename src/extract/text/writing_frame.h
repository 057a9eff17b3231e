// The glyphs of a page in the frames of their writing directions: one frame per angle of the baseline, so that every later step
// of extract/text/ sees text that runs from left to right along a level baseline.
// Units: points. `from` and `to` lie along the writing direction, `baseline` across it, growing downwards for upright text.
// Holds: each glyph that is visible (or `include_hidden`) and no duplicate is in exactly one frame, in content order.
// Fails: never; glyphs with places that are not finite numbers are left out. Cost: O(n log a) for n glyphs and a angles.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/page/page_facts.h"

namespace docwright::extract {

struct PlacedGlyph {
    std::uint32_t glyph = 0;  // index into PageFacts::glyphs
    std::uint32_t order = 0;  // among the glyphs that take part, in content order
    double from = 0;
    double to = 0;
    double baseline = 0;
    double size = 0;
    bool space_before = false;
};

struct WritingFrame {
    int angle = 0;          // whole degrees clockwise, -179 to 180
    bool vertical = false;  // upright characters under each other (vertical.h); the angle is that of the line
    std::vector<PlacedGlyph> glyphs;
};

// A hidden glyph takes part when asked for, a duplicate never. The text layer of a scan takes part as if it were visible.
bool takes_part(const Glyph& glyph, bool include_hidden);

std::vector<WritingFrame> writing_frames(const PageFacts& facts, bool include_hidden);

}  // namespace docwright::extract
