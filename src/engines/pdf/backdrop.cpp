#include "engines/pdf/backdrop.h"

#include <algorithm>

#include "engines/pdf/color.h"

namespace docwright::pdf {
namespace {

// A page may pile up any number of areas on one spot: a question gives up after so many, and what it asks about counts as seen.
constexpr int kMostLooks = 64;

}  // namespace

Backdrop::Backdrop(std::span<const PaintedArea> areas, const Box& page) : areas_(areas), page_(page) {
    if (areas_.empty() || page_.empty()) return;
    constexpr int kManyCells = 64;  // an area over more is kept once instead of in each cell
    cells_.resize(std::size_t{kSide} * kSide);
    for (std::uint32_t i = 0; i < areas_.size(); ++i) {
        const Box box = shared(areas_[i].box, page_);
        if (box.empty()) continue;
        std::size_t first = cell_of({box.left, box.top}), last = cell_of({box.right, box.bottom});
        std::size_t left = first % kSide, top = first / kSide, right = last % kSide, bottom = last / kSide;
        if ((right - left + 1) * (bottom - top + 1) > kManyCells) {
            large_.push_back(i);
            continue;
        }
        for (std::size_t y = top; y <= bottom; ++y) {
            for (std::size_t x = left; x <= right; ++x) cells_[y * kSide + x].push_back(i);
        }
    }
}

std::size_t Backdrop::cell_of(Point point) const {
    auto along = [](double at, double size) { return std::clamp(static_cast<int>(at / size * kSide), 0, kSide - 1); };
    return static_cast<std::size_t>(along(point.y - page_.top, page_.height()) * kSide + along(point.x - page_.left, page_.width()));
}

// Areas painted before `below` that hold the point, topmost first, until the visitor says true.
template <class Visit>
void Backdrop::visit_downwards(Point point, std::uint32_t below, Visit visit) const {
    if (cells_.empty()) return;
    const std::vector<std::uint32_t>& near = cells_[cell_of(point)];
    auto before = [&](const std::vector<std::uint32_t>& list) {
        return std::ranges::lower_bound(list, below, {}, [&](std::uint32_t i) { return areas_[i].paint_order; });
    };
    auto one = before(near), other = before(large_);
    for (int look = 0; look < kMostLooks && (one != near.begin() || other != large_.begin()); ++look) {
        bool take_near = other == large_.begin() || (one != near.begin() && *(one - 1) > *(other - 1));
        const PaintedArea& area = areas_[take_near ? *--one : *--other];
        if (area.box.holds(point) && visit(area)) return;
    }
}

std::optional<std::uint32_t> Backdrop::color_below(Point point, std::uint32_t order) const {
    constexpr std::size_t kMostLayers = 8;  // translucent layers beneath so many add nothing that the eye could tell
    constexpr std::uint32_t kPaper = 0xFFFFFF;
    const PaintedArea* layers[kMostLayers];
    std::size_t count = 0;
    bool known = true;
    std::uint32_t ground = kPaper;
    visit_downwards(point, order, [&](const PaintedArea& area) {
        if (!area.color_known) known = false;
        if (known && area.alpha < 1 && count < kMostLayers) {
            layers[count++] = &area;
            return false;
        }
        ground = area.color;
        return true;
    });
    if (!known) return std::nullopt;
    while (count > 0) {
        --count;
        ground = blended(layers[count]->color, layers[count]->alpha, ground);
    }
    return ground;
}

template <class Visit>
void Backdrop::visit_above(std::span<const std::uint32_t> list, std::uint32_t order, Visit visit) const {
    auto first = std::ranges::upper_bound(list, order, {}, [&](std::uint32_t i) { return areas_[i].paint_order; });
    auto last = list.end() - first > kMostLooks ? first + kMostLooks : list.end();
    for (auto at = first; at != last; ++at) {
        if (visit(areas_[*at])) return;
    }
}

const PaintedArea* Backdrop::covers(const Box& box, std::uint32_t order, double share) const {
    if (cells_.empty()) return nullptr;
    const PaintedArea* found = nullptr;
    auto hides = [&](const PaintedArea& area) {
        if (area.opaque && share_inside(box, area.box) >= share) found = &area;
        return found != nullptr;
    };
    visit_above(cells_[cell_of({box.center_x(), box.center_y()})], order, hides);
    if (!found) visit_above(large_, order, hides);
    return found;
}

}  // namespace docwright::pdf
