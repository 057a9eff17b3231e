#include "extract/layout/gutters.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace docwright::extract {

namespace {

// White narrower than this is a wide word space. Printed columns stand 1 to 2 em apart, newspapers 0.8.
constexpr double kNarrowestEm = 0.7;
// Two lines may stand side by side by chance; three with the same white between them are columns.
constexpr double kLinesBeside = 2.1;
// White wider than any word space needs less of them.
constexpr double kClearEm = 1.5;
constexpr double kLinesBesideClear = 1.6;
// Very wide white needs less height: two addresses beside each other.
constexpr double kWideEm = 3.0;
constexpr double kLinesBesideWide = 1.1;
// Beyond this many atoms a page is no print; it is then read in rows.
constexpr std::size_t kMostAtoms = 20'000;
// White candidates that are followed at once.
constexpr std::size_t kMostOpen = 48;
// Text of one column follows on within this; wider white sets a heading or a float apart.
constexpr double kFollowsEm = 1.2;
// A line this close under one that spans both columns is the rest of its heading or paragraph.
constexpr double kSameHeadingEm = 0.7;
// Labels and values stand on common baselines; independent columns do so only by chance or grid.
constexpr double kAlignedShare = 0.75;
constexpr double kSameRowEm = 0.3;
constexpr double kLabelShare = 0.6;
constexpr double kValueShare = 0.75;

constexpr double kNowhere = 1e9;

struct Strip {
    double top = 0, bottom = 0;
    std::vector<std::pair<double, double>> taken;  // merged, ascending
};

std::vector<Strip> strips_of(std::span<const Atom> atoms, std::span<const std::size_t> chosen) {
    std::vector<double> cuts;
    for (std::size_t i : chosen) {
        cuts.push_back(atoms[i].box.top);
        cuts.push_back(atoms[i].box.bottom);
    }
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    std::vector<std::size_t> order(chosen.begin(), chosen.end());
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return atoms[a].box.top < atoms[b].box.top; });

    std::vector<Strip> strips;
    std::vector<std::size_t> active;
    std::size_t next = 0;
    for (std::size_t c = 0; c + 1 < cuts.size(); ++c) {
        Strip strip{.top = cuts[c], .bottom = cuts[c + 1]};
        std::erase_if(active, [&](std::size_t i) { return atoms[i].box.bottom <= strip.top; });
        while (next < order.size() && atoms[order[next]].box.top <= strip.top) active.push_back(order[next++]);
        for (std::size_t i : active) strip.taken.emplace_back(atoms[i].box.left, atoms[i].box.right);
        std::sort(strip.taken.begin(), strip.taken.end());
        std::size_t kept = 0;
        for (std::size_t i = 1; i < strip.taken.size(); ++i) {
            if (strip.taken[i].first <= strip.taken[kept].second) {
                strip.taken[kept].second = std::max(strip.taken[kept].second, strip.taken[i].second);
            } else {
                strip.taken[++kept] = strip.taken[i];
            }
        }
        if (!strip.taken.empty()) strip.taken.resize(kept + 1);
        strips.push_back(std::move(strip));
    }
    return strips;
}

struct White {
    double left = 0, right = 0, top = 0, bottom = 0;
    double beside = 0;  // height of the strips with something on both sides
    double left_top = kNowhere, left_bottom = -kNowhere, right_top = kNowhere, right_bottom = -kNowhere;  // what stands on each side

    // Columns need not share baselines: halfway between the strips with both sides and the height that both sides span.
    double evidence() const {
        const double both = std::min(left_bottom, right_bottom) - std::max(left_top, right_top);
        return beside + std::max(0.0, both - beside) / 2;
    }
};

bool stands_left(const Strip& strip, double x) { return !strip.taken.empty() && strip.taken.front().second <= x; }
bool stands_right(const Strip& strip, double x) { return !strip.taken.empty() && strip.taken.back().first >= x; }

void note_sides(const Strip& strip, White& white) {
    const bool left = stands_left(strip, white.left), right = stands_right(strip, white.right);
    if (left && right) white.beside += strip.bottom - strip.top;
    if (left) {
        white.left_top = std::min(white.left_top, strip.top);
        white.left_bottom = strip.bottom;
    }
    if (right) {
        white.right_top = std::min(white.right_top, strip.top);
        white.right_bottom = strip.bottom;
    }
}

// Narrows the open whites by what a strip takes, hands out those that end, and opens new ones.
void pass_strip(const Strip& strip, double narrowest, double left_edge, double right_edge, std::vector<White>& open,
                std::vector<White>& done) {
    if (strip.taken.empty()) return;
    std::vector<White> next;
    auto keep = [&](const White& white) {
        for (White& other : next) {
            if (other.left != white.left || other.right != white.right) continue;
            if (white.top < other.top) other = white;
            return;
        }
        if (next.size() < kMostOpen) next.push_back(white);
    };
    double free_from = left_edge;
    auto visit = [&](double free_to) {
        if (free_to - free_from < narrowest) return;
        for (const White& white : open) {
            White rest = white;
            rest.left = std::max(white.left, free_from);
            rest.right = std::min(white.right, free_to);
            if (rest.right - rest.left < narrowest) continue;
            rest.bottom = strip.bottom;
            note_sides(strip, rest);
            keep(rest);
        }
        // Also beside a single column: its neighbour may share no baseline with it.
        White fresh{.left = free_from, .right = free_to, .top = strip.top, .bottom = strip.bottom};
        note_sides(strip, fresh);
        keep(fresh);
    };
    for (const auto& [from, to] : strip.taken) {
        visit(from);
        free_from = to;
    }
    visit(right_edge);
    for (const White& white : open) {  // ended or narrowed: what it was so far is a candidate
        bool unchanged = std::any_of(next.begin(), next.end(), [&](const White& other) {
            return other.left == white.left && other.right == white.right && other.top == white.top;
        });
        if (!unchanged) done.push_back(white);
    }
    open = std::move(next);
}

// A column may begin above its neighbour: what stands on one side only and follows on closely belongs to the band.
void reach_out(std::span<const Atom> atoms, std::span<const std::size_t> by_top, double size, White& white) {
    const double reach = kFollowsEm * size;
    auto crosses = [&](const Box& box) { return box.left < white.right && box.right > white.left; };
    const bool ends_page = std::none_of(by_top.begin(), by_top.end(),
                                        [&](std::size_t i) { return atoms[i].box.top >= white.bottom && crosses(atoms[i].box); });
    for (std::size_t i : by_top) {  // downwards; with nothing below that spans, a column goes on to the end
        const Box& box = atoms[i].box;
        if (box.bottom <= white.bottom) continue;
        if ((!ends_page && box.top > white.bottom + reach) || crosses(box)) break;
        white.bottom = box.bottom;
    }
    // Upwards only what follows on closely, and no last line of a heading that spans.
    white.top = std::max(white.top, std::max(white.left_top, white.right_top));
    double stop = -std::numeric_limits<double>::max();
    for (std::size_t i : by_top)
        if (crosses(atoms[i].box) && atoms[i].box.bottom <= white.top) stop = std::max(stop, atoms[i].box.bottom);
    for (std::size_t i = by_top.size(); i-- > 0;) {
        const Box& box = atoms[by_top[i]].box;
        if (box.top >= white.top || box.top < stop || box.bottom < white.top - reach) continue;
        if (box.top - stop < kSameHeadingEm * (box.bottom - box.top)) break;
        white.top = box.top;
    }
}

// Labels with their values, or entries with their page numbers: rows, not columns.
bool rows_of_labels(std::span<const Atom> atoms, std::span<const std::size_t> chosen, const White& white) {
    std::vector<const Atom*> left, right;
    for (std::size_t i : chosen) {
        const Atom& atom = atoms[i];
        if (atom.kind != AtomKind::Line || atom.box.center_y() < white.top || atom.box.center_y() > white.bottom) continue;
        if (atom.box.right <= white.left) left.push_back(&atom);
        if (atom.box.left >= white.right) right.push_back(&atom);
    }
    if (left.empty() || right.empty()) return false;
    auto by_baseline = [](const Atom* a, const Atom* b) { return a->baseline < b->baseline; };
    std::stable_sort(left.begin(), left.end(), by_baseline);
    double aligned = 0, labels = 0, values = 0;
    for (const Atom* atom : left) labels += atom->label_like ? 1 : 0;
    for (const Atom* atom : right) {
        values += atom->value_like ? 1 : 0;
        auto near = std::lower_bound(left.begin(), left.end(), atom->baseline - kSameRowEm * atom->size,
                                     [](const Atom* a, double y) { return a->baseline < y; });
        if (near != left.end() && (*near)->baseline <= atom->baseline + kSameRowEm * atom->size) aligned += 1;
    }
    const double left_count = static_cast<double>(left.size()), right_count = static_cast<double>(right.size());
    // Bullets and numbers alone make no column: each stands before the first line of its item, which may begin within the white
    // by the width of a rounding.
    const auto has_line = [&](const Atom* label) {
        return std::any_of(chosen.begin(), chosen.end(), [&](std::size_t i) {
            const Atom& atom = atoms[i];
            return atom.kind == AtomKind::Line && atom.box.left >= label->box.right &&
                   std::abs(atom.baseline - label->baseline) <= kSameRowEm * std::max(atom.size, label->size);
        });
    };
    if (std::all_of(left.begin(), left.end(), [&](const Atom* atom) { return atom->label_like && atom->words == 1 && has_line(atom); }))
        return true;
    if (aligned < kAlignedShare * right_count) return false;
    return labels >= kLabelShare * left_count || values >= kValueShare * right_count;
}

double typical_size(std::span<const Atom> atoms, std::span<const std::size_t> chosen) {
    std::vector<double> sizes;
    for (std::size_t i : chosen)
        if (atoms[i].kind == AtomKind::Line) sizes.push_back(atoms[i].size);
    if (sizes.empty()) return 0;
    auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
    std::nth_element(sizes.begin(), middle, sizes.end());
    return *middle;
}

}  // namespace

std::optional<ColumnGutter> best_gutter(std::span<const Atom> atoms, std::span<const std::size_t> chosen) {
    const double size = typical_size(atoms, chosen);
    if (chosen.size() < 2 || chosen.size() > kMostAtoms || size <= 0) return std::nullopt;
    Box hull = atoms[chosen.front()].box;
    for (std::size_t i : chosen) hull = joined(hull, atoms[i].box);

    std::vector<White> open, done;
    for (const Strip& strip : strips_of(atoms, chosen)) pass_strip(strip, kNarrowestEm * size, hull.left, hull.right, open, done);
    done.insert(done.end(), open.begin(), open.end());
    std::vector<std::size_t> by_top(chosen.begin(), chosen.end());
    std::stable_sort(by_top.begin(), by_top.end(), [&](std::size_t a, std::size_t b) { return atoms[a].box.top < atoms[b].box.top; });
    for (White& white : done) reach_out(atoms, by_top, size, white);
    std::stable_sort(done.begin(), done.end(), [](const White& a, const White& b) {
        if (a.evidence() != b.evidence()) return a.evidence() > b.evidence();
        const double a_height = a.bottom - a.top, b_height = b.bottom - b.top;
        return a_height != b_height ? a_height > b_height : a.right - a.left > b.right - b.left;
    });
    for (const White& white : done) {
        const double width = (white.right - white.left) / size;
        const double lines = width >= kWideEm ? kLinesBesideWide : width >= kClearEm ? kLinesBesideClear : kLinesBeside;
        if (white.evidence() < lines * size) continue;
        if (rows_of_labels(atoms, chosen, white)) continue;
        return ColumnGutter{.box = {white.left, white.top, white.right, white.bottom}, .beside = white.evidence()};
    }
    return std::nullopt;
}

}  // namespace docwright::extract
