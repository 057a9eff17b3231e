// Frames: boxed or shaded areas that set lines apart from the running text; candidates for sidebars, read as a whole.
// Units: points, page space. Holds: frames do not overlap; each line is in one frame at most. Fails: never.
// Cost: O(n log n) in rulings, and frames times lines.
#pragma once

#include <span>
#include <vector>

#include "extract/page/block.h"
#include "extract/page/line.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

struct FrameFinds {
    std::vector<Frame> frames;
    std::vector<int> frame_of;  // per line, -1: none
};

// Upright boxes of four rulings that meet at the corners.
std::vector<Box> closed_boxes(const PageFacts& facts);

FrameFinds find_frames(const PageFacts& facts, std::span<const Line> lines, const std::vector<bool>& free_lines,
                       std::span<const Box> tables);

}  // namespace docwright::extract
