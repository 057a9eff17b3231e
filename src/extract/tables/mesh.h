// Rulings that touch each other, as a mesh: where a grid of lines stands on the page and which of its walls are drawn.
// Takes the rulings of a page; gives one mesh per connected group, double lines taken as one. Units: points, origin top left.
// Tolerates ends that stop short of their crossing, lines drawn twice and cells drawn as separate boxes side by side.
// Fails: never; rulings that are not finite or have no length are passed over. Cost: n log n in rulings, plus crossings, plus cells.
#pragma once

#include <span>
#include <vector>

#include "extract/page/page_facts.h"

namespace docwright::extract::tables {

struct Mesh {
    std::vector<double> xs;          // places of the vertical lines, ascending
    std::vector<double> ys;          // places of the horizontal lines, ascending
    Box box;                         // of all its rulings
    std::vector<Ruling> horizontal;  // snapped to ys
    std::vector<Ruling> vertical;    // snapped to xs
};

// In the order of their top, then left.
std::vector<Mesh> build_meshes(std::span<const Ruling> rulings);

// Two lines closer than this are one double line: nothing readable fits between (3 pt is half the height of tiny type).
constexpr double kSnap = 3;

// Share of [from, to] that is drawn by those rulings (of one axis, sorted by position) whose position is in [low, high].
double drawn_share(std::span<const Ruling> sorted, double low, double high, double from, double to);

}  // namespace docwright::extract::tables
