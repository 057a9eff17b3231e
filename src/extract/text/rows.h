// Runs and rows: glyphs that follow one another along a baseline, and runs that share one.
// Takes the glyphs of one writing frame in content order. Units: points, along and across the writing direction.
// Holds: each glyph is in exactly one row; the glyphs of a row ascend by `from`; raised glyphs are in the row of their host.
// Fails: never. Cost: O(n log n).
#pragma once

#include <span>
#include <vector>

#include "extract/page/line.h"
#include "extract/text/writing_frame.h"

namespace docwright::extract {

struct RowGlyph {
    PlacedGlyph place;
    Raised raised = Raised::No;
};

struct Row {
    double baseline = 0;
    double size = 0;  // of the longest run
    std::vector<RowGlyph> glyphs;
};

std::vector<Row> build_rows(std::span<const PlacedGlyph> glyphs);

}  // namespace docwright::extract
