// The zones at the head and the foot of a page that white sets apart from the body: running heads, page numbers, stamps.
// They are laid out by themselves, so that they neither bridge gutters nor join the first paragraph.
// Units: points in reading space. Fails: never. Cost: O(n log n).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "extract/layout/atoms.h"

namespace docwright::extract {

enum class Zone : std::uint8_t { Body, Head, Foot };

// One entry per atom. `text_size`: of the page (text_size.h).
std::vector<Zone> zones_of(std::span<const Atom> atoms, const Box& page, double text_size);

}  // namespace docwright::extract
