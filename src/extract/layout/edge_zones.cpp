#include "extract/layout/edge_zones.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "extract/layout/text_size.h"

namespace docwright::extract {

namespace {

// Furniture stands in the outer margins: an inch and a half of a letter page.
constexpr double kZoneShare = 0.14;
// It is one to three rows; more is text.
constexpr int kMostRows = 3;
// White that parts it from the body, against the height of its lines; leading leaves half a line at most.
constexpr double kPartingWhite = 0.7;
constexpr double kSameSize = 0.98;  // rounding alone
constexpr double kSameWhite = 0.05;

struct RowSpan {
    double top = 0, bottom = 0;
    bool lines_only = true;
    std::vector<std::size_t> atoms;
};

// Atoms that overlap in height, from the top.
std::vector<RowSpan> row_spans(std::span<const Atom> atoms) {
    std::vector<std::size_t> order(atoms.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return atoms[a].box.top < atoms[b].box.top; });
    std::vector<RowSpan> rows;
    for (std::size_t i : order) {
        const Atom& atom = atoms[i];
        if (rows.empty() || atom.box.top >= rows.back().bottom) rows.push_back({.top = atom.box.top, .bottom = atom.box.bottom});
        RowSpan& row = rows.back();
        row.bottom = std::max(row.bottom, atom.box.bottom);
        row.lines_only &= atom.kind == AtomKind::Line;
        row.atoms.push_back(i);
    }
    return rows;
}

// Number of rows from an end of the page that belong to its zone: up to the widest white among the first few.
template <class Inside, class White>
std::size_t zone_rows(std::size_t count, Inside inside, White white) {
    std::size_t found = 0;
    double widest = 0;
    for (std::size_t i = 0; i < count && i < static_cast<std::size_t>(kMostRows) && inside(i); ++i) {
        if (i + 1 >= count) break;
        const double parting = white(i);
        if (parting < kPartingWhite || parting <= widest) continue;
        widest = parting;
        found = i + 1;
    }
    return found;
}

}  // namespace

std::vector<Zone> zones_of(std::span<const Atom> atoms, const Box& page, double text_size) {
    std::vector<Zone> zones(atoms.size(), Zone::Body);
    const std::vector<RowSpan> rows = row_spans(atoms);
    const double head_edge = page.top + kZoneShare * page.height(), foot_edge = page.bottom - kZoneShare * page.height();
    auto height = [&](const RowSpan& row) {
        double tallest = 1;
        for (std::size_t i : row.atoms) tallest = std::max(tallest, atoms[i].size);
        return tallest;
    };
    // The white between the lines of one heading parts nothing.
    auto one_heading = [&](const RowSpan& row, const RowSpan& next) {
        const double size = std::min(height(row), height(next));
        return next.lines_only && size >= kHeadingSize * text_size && size >= kSameSize * std::max(height(row), height(next));
    };
    // Nor does white that goes on between lines of the same size: it is leading.
    auto is_leading = [&](std::size_t i) {
        if (i + 2 >= rows.size() || !rows[i + 1].lines_only || !rows[i + 2].lines_only) return false;
        const double size = height(rows[i]), white = rows[i + 1].top - rows[i].bottom, next = rows[i + 2].top - rows[i + 1].bottom;
        const bool same = std::abs(height(rows[i + 1]) - size) <= (1 - kSameSize) * size &&
                          std::abs(height(rows[i + 2]) - size) <= (1 - kSameSize) * size;
        return same && std::abs(white - next) <= kSameWhite * size;
    };
    const std::size_t heads = zone_rows(
        rows.size(), [&](std::size_t i) { return rows[i].lines_only && rows[i].bottom <= head_edge; },
        [&](std::size_t i) {
            return one_heading(rows[i], rows[i + 1]) || is_leading(i) ? 0 : (rows[i + 1].top - rows[i].bottom) / height(rows[i]);
        });
    auto from_foot = [&](std::size_t i) -> const RowSpan& { return rows[rows.size() - 1 - i]; };
    const std::size_t feet = zone_rows(
        rows.size() - heads, [&](std::size_t i) { return from_foot(i).lines_only && from_foot(i).top >= foot_edge; },
        [&](std::size_t i) { return (from_foot(i).top - from_foot(i + 1).bottom) / height(from_foot(i)); });
    for (std::size_t i = 0; i < heads; ++i)
        for (std::size_t atom : rows[i].atoms) zones[atom] = Zone::Head;
    for (std::size_t i = 0; i < feet; ++i)
        for (std::size_t atom : from_foot(i).atoms) zones[atom] = Zone::Foot;
    return zones;
}

}  // namespace docwright::extract
