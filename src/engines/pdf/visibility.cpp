#include "engines/pdf/visibility.h"

#include <algorithm>
#include <optional>

#include "engines/pdf/color.h"

namespace docwright::pdf {
namespace {

using extract::Axis;
using extract::Fill;
using extract::Glyph;
using extract::Hidden;
using extract::TextStyle;

constexpr double kHiddenShare = 0.95;  // covered or clipped away by so much (contract/structure-info.md, 6.4)
constexpr double kSameContrast = 1.1;  // likewise
constexpr double kLowContrast = 1.5;   // likewise
constexpr int kSameChannel = 5;        // a ruling or shading that differs less from its ground is not seen on paper or screen

Box seen_box(const Glyph& glyph) { return glyph.ink.empty() ? glyph.advance : glyph.ink; }

class GlyphJudge {
public:
    GlyphJudge(const PageObjects& objects, const Backdrop& backdrop, const Box& page, const extract::PageFacts& facts)
        : objects_(objects), backdrop_(backdrop), page_(page), facts_(facts) {}

    Hidden reason(const Glyph& glyph) const {
        Box box = seen_box(glyph);
        if (box.empty()) return Hidden::No;
        if (!page_.holds({box.center_x(), box.center_y()})) return Hidden::OffPage;
        if (glyph.paint_order < objects_.all.size()) {
            const Box& clip = objects_.all[glyph.paint_order].clip;
            if (clip.empty() || share_inside(box, clip) <= 1 - kHiddenShare) return Hidden::Clipped;
        }
        return backdrop_.covers(box, glyph.paint_order, kHiddenShare) ? Hidden::Covered : Hidden::No;
    }

    // Of the text's colour and the colour behind it; nothing where one of them is not one colour.
    std::optional<double> contrast_with_ground(const Glyph& glyph) const {
        const Box box = seen_box(glyph);
        const TextStyle& style = facts_.styles[glyph.style];
        if (box.empty() || style.render_mode == 2 || style.render_mode == 6) return std::nullopt;  // filled and outlined: two colours
        auto ground = backdrop_.color_below({box.center_x(), box.center_y()}, glyph.paint_order);
        return ground ? std::optional(contrast(blended(style.color, style.alpha, *ground), *ground)) : std::nullopt;
    }

private:
    const PageObjects& objects_;
    const Backdrop& backdrop_;
    const Box& page_;
    const extract::PageFacts& facts_;
};

bool stands_out(const Backdrop& backdrop, std::uint32_t color, double alpha, Point point, std::uint32_t order) {
    auto ground = backdrop.color_below(point, order);
    return !ground || channel_difference(blended(color, alpha, *ground), *ground) > kSameChannel;
}

bool is_seen(const Backdrop& backdrop, const Fill& fill) {
    const Box& box = fill.box;
    if (backdrop.covers(box, fill.paint_order, kHiddenShare)) return false;
    // The middle and the four quarters: a fill may lie half on another of its colour.
    double x[] = {box.center_x(), (box.left + box.center_x()) / 2, (box.right + box.center_x()) / 2};
    double y[] = {box.center_y(), (box.top + box.center_y()) / 2, (box.bottom + box.center_y()) / 2};
    for (int i : {0, 1, 2}) {
        for (int j : {0, 1, 2}) {
            if ((i == 0) == (j == 0) && stands_out(backdrop, fill.color, fill.alpha, {x[i], y[j]}, fill.paint_order)) return true;
        }
    }
    return false;
}

bool is_seen(const Backdrop& backdrop, const RulingPiece& piece) {
    const extract::Ruling& ruling = piece.ruling;
    double middle = (ruling.from + ruling.to) / 2;
    bool horizontal = ruling.axis == Axis::Horizontal;
    Point point = horizontal ? Point{middle, ruling.position} : Point{ruling.position, middle};
    if (!stands_out(backdrop, ruling.color, piece.alpha, point, piece.paint_order)) return false;
    double half = ruling.thickness / 2;
    Box box = horizontal ? Box{ruling.from, ruling.position - half, ruling.to, ruling.position + half}
                         : Box{ruling.position - half, ruling.from, ruling.position + half, ruling.to};
    return !backdrop.covers(box, piece.paint_order, kHiddenShare);
}

}  // namespace

void mark_hidden_glyphs(const PageObjects& objects, const Backdrop& backdrop, const Box& page, extract::PageFacts& facts) {
    GlyphJudge judge(objects, backdrop, page, facts);
    for (Glyph& glyph : facts.glyphs) {
        if (glyph.hidden != Hidden::No) continue;
        glyph.hidden = judge.reason(glyph);
        const std::optional<double> contrast = glyph.hidden == Hidden::No ? judge.contrast_with_ground(glyph) : std::nullopt;
        if (!contrast) continue;
        if (*contrast <= kSameContrast) glyph.hidden = Hidden::SameColor;
        glyph.low_contrast = *contrast > kSameContrast && *contrast <= kLowContrast;
    }
}

void drop_unseen_paths(const Backdrop& backdrop, Painted& painted) {
    std::vector<bool> fill_seen(painted.fills.size());
    for (std::size_t i = 0; i < painted.fills.size(); ++i) fill_seen[i] = is_seen(backdrop, painted.fills[i]);
    std::erase_if(painted.rulings, [&](const RulingPiece& piece) {
        return piece.fill >= 0 ? !fill_seen[static_cast<std::size_t>(piece.fill)] : !is_seen(backdrop, piece);
    });
    std::size_t i = 0;
    std::erase_if(painted.fills, [&](const Fill&) { return !fill_seen[i++]; });
}

}  // namespace docwright::pdf
