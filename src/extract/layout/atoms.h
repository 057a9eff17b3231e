// What the page skeleton is cut from: free lines, tables, figures and frames, each as one box that no cut may cross.
// Units: points in reading space: the page turned so that most of its text runs from left to right. Fails: never.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/page/geometry.h"
#include "extract/page/line.h"

namespace docwright::extract {

enum class AtomKind : std::uint8_t { Line, Table, Figure, Frame };

struct Atom {
    AtomKind kind = AtomKind::Line;
    std::uint32_t index = 0;  // of the line, table, figure or frame
    Box box;                  // Line: one em high about its letters, whatever its font says
    Box full;                 // Line: the box of the line
    double baseline = 0;      // Line only
    double size = 0;          // Line only
    int words = 0;            // Line only
    bool label_like = false;  // Line only: ends like a label before its value ("Name:", dot leaders)
    bool value_like = false;  // Line only: mostly digits: amounts, page numbers
};

// Turns a page's box by whole quarters, so that text of `quarter` times 90 degrees clockwise reads from left to right.
Box turned_to_reading(const Box& box, int quarter, double page_width, double page_height);

}  // namespace docwright::extract
