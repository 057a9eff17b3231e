#include "extract/layout/reading_order.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "extract/layout/gutters.h"

namespace docwright::extract {

namespace {

// Columns in columns in columns: a newspaper has three levels, and each takes two cuts.
constexpr int kDeepest = 24;
// Baselines this close are one row.
constexpr double kSameRowEm = 0.3;

struct Cutter {
    std::span<const Atom> atoms;
    bool right_to_left = false;
    Skeleton skeleton;
    int band = 0;
    std::vector<int> columns_in_band;

    void cut(std::vector<std::size_t> chosen, Box region, int depth);
    void add_leaf(std::vector<std::size_t> chosen, const Box& region);
};

void sort_in_rows(std::span<const Atom> atoms, std::vector<std::size_t>& chosen, bool right_to_left) {
    auto place = [&](std::size_t i) { return atoms[i].kind == AtomKind::Line ? atoms[i].baseline : atoms[i].box.top; };
    std::stable_sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
    for (std::size_t first = 0; first < chosen.size();) {
        std::size_t last = first + 1;
        const Atom& head = atoms[chosen[first]];
        while (last < chosen.size() && head.kind == AtomKind::Line && atoms[chosen[last]].kind == AtomKind::Line &&
               atoms[chosen[last]].baseline - head.baseline <= kSameRowEm * std::min(head.size, atoms[chosen[last]].size))
            ++last;
        std::stable_sort(chosen.begin() + static_cast<std::ptrdiff_t>(first), chosen.begin() + static_cast<std::ptrdiff_t>(last),
                         [&](std::size_t a, std::size_t b) {
                             return right_to_left ? atoms[a].box.right > atoms[b].box.right : atoms[a].box.left < atoms[b].box.left;
                         });
        first = last;
    }
}

void Cutter::add_leaf(std::vector<std::size_t> chosen, const Box& region) {
    if (chosen.empty()) return;
    Leaf leaf{.column = atoms[chosen.front()].full, .band = band};
    // Margins are those of text and tables; pictures often bleed over them.
    bool any_text = false;
    for (std::size_t i : chosen) {
        const bool text = atoms[i].kind != AtomKind::Figure;
        if (text && !any_text) leaf.column = atoms[i].full;
        any_text |= text;
        if (text || !any_text) leaf.column = joined(leaf.column, atoms[i].full);
    }
    leaf.column.left = std::max(leaf.column.left, region.left);
    leaf.column.right = std::min(std::max(leaf.column.right, leaf.column.left), std::max(region.right, leaf.column.left));
    if (static_cast<std::size_t>(band) >= columns_in_band.size()) columns_in_band.resize(static_cast<std::size_t>(band) + 1, 0);
    leaf.column_index = columns_in_band[static_cast<std::size_t>(band)]++;
    skeleton.column_count = std::max(skeleton.column_count, leaf.column_index + 1);
    sort_in_rows(atoms, chosen, right_to_left);
    leaf.atoms = std::move(chosen);
    skeleton.leaves.push_back(std::move(leaf));
}

void Cutter::cut(std::vector<std::size_t> chosen, Box region, int depth) {
    std::optional<ColumnGutter> gutter;
    if (depth < kDeepest) gutter = best_gutter(atoms, chosen);
    if (!gutter) return add_leaf(std::move(chosen), region);
    std::vector<std::size_t> above, below, left, right;
    for (std::size_t i : chosen) {
        const Box& box = atoms[i].box;
        if (box.center_y() < gutter->box.top) {
            above.push_back(i);
        } else if (box.center_y() > gutter->box.bottom) {
            below.push_back(i);
        } else {
            (box.center_x() < gutter->box.center_x() ? left : right).push_back(i);
        }
    }
    if (left.empty() || right.empty()) return add_leaf(std::move(chosen), region);
    if (!above.empty()) {
        cut(std::move(above), {region.left, region.top, region.right, gutter->box.top}, depth + 1);
        ++band;
    }
    Box left_region = region, right_region = region;
    left_region.right = gutter->box.left;
    right_region.left = gutter->box.right;
    if (right_to_left) {
        std::swap(left, right);
        std::swap(left_region, right_region);
    }
    cut(std::move(left), left_region, depth + 1);
    cut(std::move(right), right_region, depth + 1);
    if (!below.empty()) {
        ++band;
        cut(std::move(below), {region.left, gutter->box.bottom, region.right, region.bottom}, depth + 1);
    }
}

}  // namespace

Skeleton read_skeleton(std::span<const Atom> atoms, const Box& page, bool right_to_left) {
    Cutter cutter{.atoms = atoms, .right_to_left = right_to_left};
    std::vector<std::size_t> all(atoms.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    cutter.cut(std::move(all), page, 0);
    return std::move(cutter.skeleton);
}

}  // namespace docwright::extract
