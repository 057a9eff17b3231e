// What the paths and images of a page paint, before it is judged: page_paths.cpp and page_images.cpp fill it, rulings.h,
// drawings.h and visibility.h read it. Coordinates of the page as shown.
#pragma once

#include <cstdint>
#include <vector>

#include "engines/pdf/affine.h"
#include "extract/page/page_facts.h"

namespace docwright::pdf {

// An upright area that hides what was painted before it, or is the ground for what is painted after it.
struct PaintedArea {
    Box box;
    std::uint32_t color = 0xFFFFFF;
    bool color_known = true;  // false: image, pattern, shading, a shape that fills only parts of its box
    float alpha = 1;
    bool opaque = true;
    std::uint32_t paint_order = 0;
};

struct RulingPiece {
    extract::Ruling ruling;
    float alpha = 1;
    int fill = -1;  // index into Painted::fills of the fill whose edge it is
    std::uint32_t paint_order = 0;
};

// A path that is neither ruling nor fill.
struct DrawnPath {
    Box box;
    int segment_count = 0;
    int curve_count = 0;
    std::uint32_t paint_order = 0;
};

struct Painted {
    std::vector<PaintedArea> areas;  // in paint order
    std::vector<RulingPiece> rulings;
    std::vector<extract::Fill> fills;
    std::vector<DrawnPath> drawings;
    std::size_t segment_count = 0;
    bool limit_reached = false;
};

}  // namespace docwright::pdf
