// Where tables without a drawn grid may stand: runs of rows whose gaps align, and places between horizontal rules.
// Takes the words and rulings of a page. Gives candidate regions, overlapping ones included; whether one is a table is the
// judge's question. Units: points. Fails: never. Cost: n log n in words and rulings.
#pragma once

#include <span>
#include <vector>

#include "extract/tables/aligned.h"
#include "extract/tables/mesh.h"

namespace docwright::extract::tables {

// Running text in columns: strips of the page, from left to right, to be looked at one by one. One strip: one column.
std::vector<Box> text_strips(const PageWords& page, double width, double height);

// Runs of rows whose gaps align, in one strip. Words in `taken` boxes (drawn tables) are passed over, and no run goes over one.
std::vector<Region> aligned_runs(const PageWords& page, const Box& strip, std::span<const Box> taken, std::span<const Ruling> rulings);

// Places between horizontal rules of equal extent, as books set tables; each also grown by aligned rows above and below.
std::vector<Region> between_rules(const PageWords& page, std::span<const Ruling> rulings);

}  // namespace docwright::extract::tables
