// What lies behind and above a place of the page: painted areas in a grid, so that each question looks at few of them.
// Coordinates of the page as shown. The paper is white.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engines/pdf/painted.h"

namespace docwright::pdf {

class Backdrop {
public:
    // `areas` in paint order; they must outlive this.
    Backdrop(std::span<const PaintedArea> areas, const Box& page);

    // Colour beneath what is painted as number `order` at this point; nothing where it cannot be told (image, pattern, shape).
    std::optional<std::uint32_t> color_below(Point point, std::uint32_t order) const;

    // The first opaque area painted after `order` that hides at least `share` of the box; nullptr: none.
    const PaintedArea* covers(const Box& box, std::uint32_t order, double share) const;

    bool empty() const { return areas_.empty(); }

private:
    static constexpr int kSide = 32;  // cells along each side: a cell is about two words wide
    std::size_t cell_of(Point point) const;
    template <class Visit>
    void visit_downwards(Point point, std::uint32_t below, Visit visit) const;
    template <class Visit>
    void visit_above(std::span<const std::uint32_t> list, std::uint32_t order, Visit visit) const;

    std::span<const PaintedArea> areas_;
    Box page_;
    std::vector<std::uint32_t> large_;               // areas that span many cells, in paint order
    std::vector<std::vector<std::uint32_t>> cells_;  // the others, by cell, in paint order
};

}  // namespace docwright::pdf
