#include "extract/tables/mesh.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>

namespace docwright::extract::tables {
namespace {

constexpr double kTouch = 3;                // an end may stop this far from its crossing: line width plus the gap of double lines
constexpr double kShortest = 2;             // shorter pieces are dots and glyph parts
constexpr std::size_t kMostRulings = 8000;  // of one axis; a page with more is a drawing, and only its longest are looked at

struct Groups {
    explicit Groups(std::size_t count) : parent(count) { std::iota(parent.begin(), parent.end(), std::size_t{0}); }
    std::size_t root(std::size_t i) {
        while (parent[i] != i) i = parent[i] = parent[parent[i]];
        return i;
    }
    void unite(std::size_t a, std::size_t b) {
        a = root(a);
        b = root(b);
        parent[std::max(a, b)] = std::min(a, b);
    }
    std::vector<std::size_t> parent;
};

bool is_sane(const Ruling& ruling) {
    return std::isfinite(ruling.position) && std::isfinite(ruling.from) && std::isfinite(ruling.to) && ruling.to - ruling.from >= kShortest;
}

std::vector<Ruling> of_axis(std::span<const Ruling> rulings, Axis axis) {
    std::vector<Ruling> found;
    for (const Ruling& ruling : rulings)
        if (ruling.axis == axis && is_sane(ruling)) found.push_back(ruling);
    if (found.size() > kMostRulings) {
        std::stable_sort(found.begin(), found.end(), [](const Ruling& a, const Ruling& b) { return a.to - a.from > b.to - b.from; });
        found.resize(kMostRulings);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Ruling& a, const Ruling& b) { return a.position != b.position ? a.position < b.position : a.from < b.from; });
    return found;
}

// Unites neighbours that run side by side as a double line.
void unite_parallel(Groups& groups, const std::vector<Ruling>& rulings, std::size_t offset) {
    for (std::size_t i = 0; i < rulings.size(); ++i) {
        int looked = 0;
        constexpr int kMostNeighbours = 64;  // a hatched area is united through its crossings anyway
        for (std::size_t k = i + 1; k < rulings.size() && rulings[k].position - rulings[i].position <= kSnap && looked < kMostNeighbours;
             ++k, ++looked)
            if (std::min(rulings[i].to, rulings[k].to) - std::max(rulings[i].from, rulings[k].from) > -kTouch)
                groups.unite(offset + i, offset + k);
    }
}

// Places of lines: runs of positions that follow each other within kSnap become their middle.
std::vector<double> snapped_places(std::vector<double> positions) {
    std::sort(positions.begin(), positions.end());
    std::vector<double> places;
    for (std::size_t first = 0; first < positions.size();) {
        std::size_t last = first;
        while (last + 1 < positions.size() && positions[last + 1] - positions[first] <= kSnap) ++last;
        places.push_back((positions[first] + positions[last]) / 2);
        first = last + 1;
    }
    return places;
}

void snap_to(std::vector<Ruling>& rulings, std::vector<double>& places) {
    std::vector<double> positions;
    for (const Ruling& ruling : rulings) positions.push_back(ruling.position);
    places = snapped_places(std::move(positions));
    for (Ruling& ruling : rulings) {
        auto above = std::lower_bound(places.begin(), places.end(), ruling.position);
        if (above == places.end() || (above != places.begin() && ruling.position - *std::prev(above) < *above - ruling.position)) --above;
        ruling.position = *above;
    }
}

Box box_of(const Ruling& ruling) {
    return ruling.axis == Axis::Horizontal ? Box{ruling.from, ruling.position, ruling.to, ruling.position}
                                           : Box{ruling.position, ruling.from, ruling.position, ruling.to};
}

}  // namespace

std::vector<Mesh> build_meshes(std::span<const Ruling> rulings) {
    const std::vector<Ruling> horizontal = of_axis(rulings, Axis::Horizontal);
    const std::vector<Ruling> vertical = of_axis(rulings, Axis::Vertical);
    Groups groups(horizontal.size() + vertical.size());
    unite_parallel(groups, horizontal, 0);
    unite_parallel(groups, vertical, horizontal.size());
    for (std::size_t v = 0; v < vertical.size(); ++v) {
        const Ruling& wall = vertical[v];
        auto from =
            std::partition_point(horizontal.begin(), horizontal.end(), [&](const Ruling& h) { return h.position < wall.from - kTouch; });
        for (; from != horizontal.end() && from->position <= wall.to + kTouch; ++from)
            if (wall.position >= from->from - kTouch && wall.position <= from->to + kTouch)
                groups.unite(static_cast<std::size_t>(from - horizontal.begin()), horizontal.size() + v);
    }
    std::vector<Mesh> meshes;
    std::vector<std::size_t> mesh_of(groups.parent.size(), SIZE_MAX);
    for (std::size_t i = 0; i < groups.parent.size(); ++i) {
        const std::size_t root = groups.root(i);
        const Ruling& ruling = i < horizontal.size() ? horizontal[i] : vertical[i - horizontal.size()];
        if (mesh_of[root] == SIZE_MAX) {
            mesh_of[root] = meshes.size();
            meshes.push_back({.box = box_of(ruling)});
        }
        Mesh& mesh = meshes[mesh_of[root]];
        mesh.box = joined(mesh.box, box_of(ruling));
        (ruling.axis == Axis::Horizontal ? mesh.horizontal : mesh.vertical).push_back(ruling);
    }
    for (Mesh& mesh : meshes) {
        snap_to(mesh.horizontal, mesh.ys);
        snap_to(mesh.vertical, mesh.xs);
    }
    std::stable_sort(meshes.begin(), meshes.end(),
                     [](const Mesh& a, const Mesh& b) { return a.box.top != b.box.top ? a.box.top < b.box.top : a.box.left < b.box.left; });
    return meshes;
}

double drawn_share(std::span<const Ruling> sorted, double low, double high, double from, double to) {
    std::vector<std::pair<double, double>> pieces;
    auto ruling = std::partition_point(sorted.begin(), sorted.end(), [&](const Ruling& at) { return at.position < low; });
    for (; ruling != sorted.end() && ruling->position <= high; ++ruling)
        if (ruling->to > from && ruling->from < to) pieces.emplace_back(std::max(from, ruling->from), std::min(to, ruling->to));
    std::sort(pieces.begin(), pieces.end());
    double drawn = 0;
    double reached = from;
    for (const auto& [start, end] : pieces) {
        if (end <= reached) continue;
        drawn += end - std::max(start, reached);
        reached = end;
    }
    return to > from ? drawn / (to - from) : 0;
}

}  // namespace docwright::extract::tables
