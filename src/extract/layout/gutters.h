// Gutters: upright white between columns of text that holds over several lines (after Breuel 2002, on lines in place of glyphs).
// Units: points in reading space. Fails: never. Cost: O(n log n + n k) for n atoms of which k lie side by side.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "extract/layout/atoms.h"

namespace docwright::extract {

struct ColumnGutter {
    Box box;            // the white; its top and bottom are where something crosses it or the atoms end
    double beside = 0;  // height over which something stands on both sides
};

// The gutter that parts most of the atoms, or none: then they are one column (or rows of labels and values).
std::optional<ColumnGutter> best_gutter(std::span<const Atom> atoms, std::span<const std::size_t> chosen);

}  // namespace docwright::extract
