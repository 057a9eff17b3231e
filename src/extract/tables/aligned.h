// The second and third proposer: tables whose cells are told by white. A region is given (between rules, in a drawn grid whose
// inner lines are missing, or a run of rows whose gaps align); its gutters make the columns, pitch and emptiness make the rows.
// Takes the words inside the region and the rulings that cross it. Units: points. Fails: never; no gutter, no draft.
// Cost: n log n in words of the region.
#pragma once

#include <optional>
#include <span>

#include "extract/tables/draft.h"

namespace docwright::extract::tables {

struct Region {
    Proposer proposer = Proposer::Unruled;
    Box box;
    std::vector<std::uint32_t> words;  // of the region; may be fewer than stand in the box
    std::vector<Ruling> horizontal;    // that cross the box, sorted by position
    std::vector<Ruling> vertical;
};

// Copies into the region what the page has inside its box.
Region region_of(Proposer proposer, const Box& box, const PageWords& page, std::span<const Ruling> rulings);

std::optional<Draft> draft_aligned(const Region& region, const PageWords& page);

}  // namespace docwright::extract::tables
