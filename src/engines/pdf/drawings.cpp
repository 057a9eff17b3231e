#include "engines/pdf/drawings.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace docwright::pdf {
namespace {

using extract::Drawing;

constexpr double kNear = 3;        // points of white between parts of one figure
constexpr double kCellPoints = 4;  // grid in which neighbours are found
constexpr int kMostCells = 256;    // along a side; larger pages get larger cells

// The page as a grid of cells that boxes cover; connected covered cells are one cluster.
class Cells {
public:
    explicit Cells(const Box& page) : page_(page) {
        columns_ = std::clamp(static_cast<int>(page.width() / kCellPoints) + 1, 1, kMostCells);
        rows_ = std::clamp(static_cast<int>(page.height() / kCellPoints) + 1, 1, kMostCells);
        delta_.assign(static_cast<std::size_t>((columns_ + 1) * (rows_ + 1)), 0);
    }

    struct Range {
        int left, top, right, bottom;
    };
    Range range(const Box& box) const {
        auto along = [](double at, double size, int count) { return std::clamp(static_cast<int>(at / size * count), 0, count - 1); };
        return {along(box.left, page_.width(), columns_), along(box.top, page_.height(), rows_), along(box.right, page_.width(), columns_),
                along(box.bottom, page_.height(), rows_)};
    }
    // A box costs four additions however large it is: the cells are summed up afterwards.
    void cover(const Box& box) {
        Range r = range(grown(box, kNear / 2));
        ++at(r.left, r.top);
        --at(r.right + 1, r.top);
        --at(r.left, r.bottom + 1);
        ++at(r.right + 1, r.bottom + 1);
    }

    void find_clusters() {
        sum_up();
        cluster_.assign(delta_.size(), 0);
        for (int y = 0; y < rows_; ++y) {
            for (int x = 0; x < columns_; ++x) {
                if (covered(x, y) && cluster_[index(x, y)] == 0) flood(x, y, ++count_);
            }
        }
    }
    // From 1; 0: none.
    int cluster_of(const Box& box) const {
        Range r = range(box);
        return cluster_[index((r.left + r.right) / 2, (r.top + r.bottom) / 2)];
    }
    int count() const { return count_; }

private:
    std::size_t index(int x, int y) const { return static_cast<std::size_t>(y * (columns_ + 1) + x); }
    int& at(int x, int y) { return delta_[index(x, y)]; }
    bool covered(int x, int y) const { return delta_[index(x, y)] > 0; }

    void sum_up() {
        for (int y = 0; y <= rows_; ++y) {
            for (int x = 1; x <= columns_; ++x) at(x, y) += at(x - 1, y);
        }
        for (int y = 1; y <= rows_; ++y) {
            for (int x = 0; x <= columns_; ++x) at(x, y) += at(x, y - 1);
        }
    }

    void flood(int x, int y, int name) {
        std::vector<std::pair<int, int>> open{{x, y}};
        cluster_[index(x, y)] = name;
        while (!open.empty()) {
            auto [cx, cy] = open.back();
            open.pop_back();
            for (auto [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
                int nx = cx + dx, ny = cy + dy;
                if (nx < 0 || ny < 0 || nx >= columns_ || ny >= rows_ || !covered(nx, ny) || cluster_[index(nx, ny)] != 0) continue;
                cluster_[index(nx, ny)] = name;
                open.emplace_back(nx, ny);
            }
        }
    }

    Box page_;
    int columns_ = 0, rows_ = 0, count_ = 0;
    std::vector<int> delta_;
    std::vector<int> cluster_;
};

// Which fills have text on them: the glyphs' middles are counted in a coarse grid of prefix sums.
class TextGrid {
public:
    TextGrid(const Box& page, const std::vector<extract::Glyph>& glyphs) : page_(page), sums_((kSide + 1) * (kSide + 1)) {
        for (const extract::Glyph& glyph : glyphs) {
            if (glyph.hidden != extract::Hidden::No) continue;
            ++sums_[index(cell(glyph.advance.center_x(), page.width()) + 1, cell(glyph.advance.center_y(), page.height()) + 1)];
        }
        for (std::size_t y = 1; y <= kSide; ++y) {
            for (std::size_t x = 1; x <= kSide; ++x)
                sums_[index(x, y)] += sums_[index(x - 1, y)] + sums_[index(x, y - 1)] - sums_[index(x - 1, y - 1)];
        }
    }
    bool has_text(const Box& box) const {
        std::size_t left = cell(box.left, page_.width()), right = cell(box.right, page_.width()) + 1;
        std::size_t top = cell(box.top, page_.height()), bottom = cell(box.bottom, page_.height()) + 1;
        return sums_[index(right, bottom)] - sums_[index(left, bottom)] - sums_[index(right, top)] + sums_[index(left, top)] > 0;
    }

private:
    static constexpr std::size_t kSide = 200;
    static std::size_t cell(double at, double size) { return static_cast<std::size_t>(std::clamp(at / size * kSide, 0.0, kSide - 1.0)); }
    static std::size_t index(std::size_t x, std::size_t y) { return y * (kSide + 1) + x; }
    Box page_;
    std::vector<std::int64_t> sums_;
};

void add_to(Drawing& drawing, const Box& box, int segments, int curves, std::uint32_t order) {
    drawing.box = drawing.path_count ? joined(drawing.box, box) : box;
    drawing.paint_order = drawing.path_count ? std::min(drawing.paint_order, order) : order;
    ++drawing.path_count;
    drawing.segment_count += segments;
    drawing.curve_count += curves;
}

}  // namespace

std::vector<Drawing> clustered_drawings(const Painted& painted, const Box& page, const std::vector<extract::Glyph>& glyphs) {
    if (painted.drawings.empty() || page.empty()) return {};
    constexpr double kMostOfPage = 0.5;  // a fill of this share is a background, not a part of a figure
    TextGrid text(page, glyphs);
    std::vector<const extract::Fill*> fills;
    for (const extract::Fill& fill : painted.fills) {
        if (fill.box.area() < kMostOfPage * page.area() && !text.has_text(fill.box)) fills.push_back(&fill);
    }
    Cells cells(page);
    for (const DrawnPath& path : painted.drawings) cells.cover(path.box);
    for (const extract::Fill* fill : fills) cells.cover(fill->box);
    cells.find_clusters();
    std::vector<Drawing> clusters(static_cast<std::size_t>(cells.count()) + 1);
    for (const DrawnPath& path : painted.drawings) {
        add_to(clusters[static_cast<std::size_t>(cells.cluster_of(path.box))], path.box, path.segment_count, path.curve_count,
               path.paint_order);
    }
    for (const extract::Fill* fill : fills) {
        Drawing& cluster = clusters[static_cast<std::size_t>(cells.cluster_of(fill->box))];
        if (cluster.path_count > 0) add_to(cluster, fill->box, 4, 0, fill->paint_order);
    }
    std::erase_if(clusters, [](const Drawing& drawing) { return drawing.path_count == 0; });
    std::ranges::sort(clusters, {}, [](const Drawing& d) { return std::tuple(d.box.top, d.box.left, d.paint_order); });
    return clusters;
}

}  // namespace docwright::pdf
