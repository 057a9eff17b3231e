// The skeleton of a page: bands cut by what spans them, columns in a band parted by gutters, in reading order.
// Recursive: the gutter that holds over most lines makes a band; what lies above and below it, and each of its sides, is cut again.
// Units: points in reading space. Holds: each atom is in exactly one leaf.
// Fails: never; past a depth no page has, atoms are read in rows. Cost: O(d n log n) for n atoms and depth d.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "extract/layout/atoms.h"

namespace docwright::extract {

// One column of one band.
struct Leaf {
    std::vector<std::size_t> atoms;  // in rows: from top to bottom, then in writing direction
    Box column;                      // between the gutters, as high as its atoms
    int band = 0;
    int column_index = 0;
};

struct Skeleton {
    std::vector<Leaf> leaves;  // in reading order
    int column_count = 1;
};

Skeleton read_skeleton(std::span<const Atom> atoms, const Box& page, bool right_to_left);

}  // namespace docwright::extract
