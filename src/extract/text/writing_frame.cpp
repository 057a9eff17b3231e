#include "extract/text/writing_frame.h"

#include <cmath>
#include <map>
#include <numbers>
#include <utility>

#include "extract/text/vertical.h"

namespace docwright::extract {

namespace {

constexpr double kDegreesPerRadian = 180 / std::numbers::pi;
constexpr int kHalfTurn = 180;
constexpr int kFullTurn = 360;
constexpr int kVerticalAngle = 90;
// Close to 45 degrees the upright box no longer tells width from height; the box is then taken as a square's.
constexpr double kDiagonal = 0.2;
// A picture of most of the page, and hardly any glyph that is not hidden with it: a scan with its text layer.
constexpr double kScanShare = 0.6;
constexpr double kLayerShare = 0.8;

int whole_angle(float angle) {
    if (!std::isfinite(angle)) return 0;
    int whole = static_cast<int>(std::lround(std::fmod(angle, static_cast<float>(kFullTurn))));
    if (whole > kHalfTurn) whole -= kFullTurn;
    if (whole <= -kHalfTurn) whole += kFullTurn;
    return whole;
}

bool is_finite(const Glyph& glyph) {
    return std::isfinite(glyph.origin_x) && std::isfinite(glyph.origin_y) && std::isfinite(glyph.advance.left) &&
           std::isfinite(glyph.advance.right) && std::isfinite(glyph.advance.top) && std::isfinite(glyph.advance.bottom);
}

// Width along the baseline of a turned glyph whose upright hull is `box`.
double width_along(const Box& box, double cosine, double sine) {
    const double c = std::abs(cosine), s = std::abs(sine);
    const double determinant = c * c - s * s;
    if (std::abs(determinant) < kDiagonal) return (box.width() + box.height()) / (2 * (c + s));
    return std::max(0.0, (box.width() * c - box.height() * s) / determinant);
}

// Invisible glyphs under a picture of the page are the text that was recognised in it.
bool is_scan_layer(const PageFacts& facts) {
    double covered = 0;
    for (const ImagePlacement& image : facts.images)
        covered = std::max(covered, shared(image.box, {0, 0, facts.width, facts.height}).area());
    if (covered < kScanShare * facts.width * facts.height) return false;
    std::size_t invisible = 0;
    for (const Glyph& glyph : facts.glyphs) invisible += glyph.hidden == Hidden::Invisible || glyph.hidden == Hidden::Covered ? 1 : 0;
    return static_cast<double>(invisible) >= kLayerShare * static_cast<double>(facts.glyphs.size());
}

}  // namespace

bool takes_part(const Glyph& glyph, bool include_hidden) {
    return glyph.hidden == Hidden::No || (include_hidden && glyph.hidden != Hidden::Duplicate);
}

std::vector<WritingFrame> writing_frames(const PageFacts& facts, bool include_hidden) {
    std::map<std::pair<int, bool>, WritingFrame> frames;
    const std::vector<bool> vertical = vertical_glyphs(facts);
    const bool scan_layer = is_scan_layer(facts);
    std::uint32_t order = 0;
    for (std::uint32_t i = 0; i < facts.glyphs.size(); ++i) {
        const Glyph& glyph = facts.glyphs[i];
        const bool recognised = scan_layer && (glyph.hidden == Hidden::Invisible || glyph.hidden == Hidden::Covered);
        if ((!takes_part(glyph, include_hidden) && !recognised) || !is_finite(glyph) || glyph.style >= facts.styles.size()) continue;
        const TextStyle& style = facts.styles[glyph.style];
        const int angle = vertical[i] ? kVerticalAngle : whole_angle(style.angle);
        WritingFrame& frame = frames[{angle, vertical[i]}];
        frame.angle = angle;
        frame.vertical = vertical[i];
        PlacedGlyph placed{.glyph = i, .order = order++, .size = style.size > 0 ? style.size : 1.0, .space_before = glyph.space_before};
        if (vertical[i]) {
            placed.from = glyph.advance.top;
            placed.to = glyph.advance.bottom;
            placed.baseline = -glyph.advance.center_x();
        } else if (angle == 0) {
            placed.from = glyph.advance.left;
            placed.to = glyph.advance.right;
            placed.baseline = glyph.origin_y;
        } else {
            const double cosine = std::cos(angle / kDegreesPerRadian), sine = std::sin(angle / kDegreesPerRadian);
            placed.from = glyph.origin_x * cosine + glyph.origin_y * sine;
            placed.to = placed.from + width_along(glyph.advance, cosine, sine);
            placed.baseline = glyph.origin_y * cosine - glyph.origin_x * sine;
        }
        frame.glyphs.push_back(placed);
    }
    std::vector<WritingFrame> out;
    for (auto& [direction, frame] : frames) out.push_back(std::move(frame));
    return out;
}

}  // namespace docwright::extract
