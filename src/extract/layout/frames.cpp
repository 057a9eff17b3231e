#include "extract/layout/frames.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace docwright::extract {

namespace {

constexpr int kNone = -1;
// A frame holds a few lines; one shaded line is a heading's bar or a cell.
constexpr std::size_t kLeastLines = 2;
// Areas larger than this share of the page, or with more of its text, are its ground.
constexpr double kGroundShare = 0.6;
constexpr double kGroundTextShare = 0.7;
// A line is in a frame when this share of it is; one that is cut by the edge shows that the area sets nothing apart.
constexpr double kInside = 0.9;
constexpr double kTouches = 0.15;
// Areas that coincide with a table belong to it.
constexpr double kTableShare = 0.4;
// Corners of drawn boxes meet within this.
constexpr double kCorner = 2.0;  // points
// Rounded boxes are drawings of a few strokes.
constexpr int kBoxSegments = 16;
constexpr double kLeastSide = 20.0;  // points: two lines of small print
constexpr std::size_t kMostRulings = 600;
constexpr std::uint32_t kWhite = 0xFFFFFF;
// Channels that differ by less from white are paper.
constexpr int kPaper = 6;
constexpr float kTransparent = 0.05F;

bool is_paper(std::uint32_t color) {
    for (int shift : {0, 8, 16})
        if (static_cast<int>((kWhite >> shift & 0xFFU) - (color >> shift & 0xFFU)) > kPaper) return false;
    return true;
}

void add_shaded(const PageFacts& facts, std::vector<Frame>& frames) {
    for (const Fill& fill : facts.fills)
        if (!is_paper(fill.color) && fill.alpha > kTransparent)
            frames.push_back({.box = fill.box, .shaded = true, .background = fill.color});
}

void add_bordered(const PageFacts& facts, std::vector<Frame>& frames) {
    for (const Drawing& drawing : facts.drawings)
        if (drawing.segment_count <= kBoxSegments) frames.push_back({.box = drawing.box, .bordered = true});
    for (const Box& box : closed_boxes(facts)) frames.push_back({.box = box, .bordered = true});
}

std::vector<Frame> candidates(const PageFacts& facts, std::span<const Box> tables) {
    std::vector<Frame> frames;
    add_shaded(facts, frames);
    add_bordered(facts, frames);
    const double page = facts.width * facts.height;
    std::erase_if(frames, [&](const Frame& frame) {
        if (frame.box.width() < kLeastSide || frame.box.height() < kLeastSide || frame.box.area() > kGroundShare * page) return true;
        return std::any_of(tables.begin(), tables.end(), [&](const Box& table) {
            return share_inside(table, frame.box) > kTableShare || share_inside(frame.box, table) > kTableShare;
        });
    });
    std::stable_sort(frames.begin(), frames.end(), [](const Frame& a, const Frame& b) { return a.box.area() > b.box.area(); });
    return frames;
}

}  // namespace

std::vector<Box> closed_boxes(const PageFacts& facts) {
    std::vector<Box> boxes;
    if (facts.rulings.size() > kMostRulings) return boxes;
    auto near = [](double a, double b) { return std::abs(a - b) <= kCorner; };
    for (const Ruling& top : facts.rulings) {
        if (top.axis != Axis::Horizontal || top.to - top.from < kLeastSide) continue;
        for (const Ruling& bottom : facts.rulings) {
            if (bottom.axis != Axis::Horizontal || bottom.position < top.position + kLeastSide) continue;
            if (!near(top.from, bottom.from) || !near(top.to, bottom.to)) continue;
            int sides = 0;
            for (const Ruling& side : facts.rulings)
                if (side.axis == Axis::Vertical && side.from <= top.position + kCorner && side.to >= bottom.position - kCorner)
                    sides |= (near(side.position, top.from) ? 1 : 0) | (near(side.position, top.to) ? 2 : 0);
            if (sides == 3) boxes.push_back({top.from, top.position, top.to, bottom.position});
        }
    }
    return boxes;
}

FrameFinds find_frames(const PageFacts& facts, std::span<const Line> lines, const std::vector<bool>& free_lines,
                       std::span<const Box> tables) {
    FrameFinds finds{.frame_of = std::vector<int>(lines.size(), kNone)};
    const double line_count = static_cast<double>(lines.size());
    for (const Frame& frame : candidates(facts, tables)) {
        bool overlaps = false;
        for (Frame& other : finds.frames) {
            if (shared(frame.box, other.box).empty()) continue;
            overlaps = true;
            if (share_inside(other.box, frame.box) > kInside) {  // the border of a shaded frame, or the reverse
                other.bordered |= frame.bordered;
                if (frame.shaded && !other.shaded) other.background = frame.background;
                other.shaded |= frame.shaded;
            }
        }
        if (overlaps) continue;
        std::vector<std::size_t> inside;
        bool cut = false;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (!free_lines[i]) continue;
            const double share = share_inside(lines[i].box, frame.box);
            if (share >= kInside) {
                inside.push_back(i);
            } else if (share > kTouches && shared_height(lines[i].box, frame.box) > lines[i].box.height() / 2) {
                cut = true;
            }
        }
        if (cut || inside.size() < kLeastLines || static_cast<double>(inside.size()) > kGroundTextShare * line_count) continue;
        for (std::size_t i : inside) finds.frame_of[i] = static_cast<int>(finds.frames.size());
        finds.frames.push_back(frame);
    }
    return finds;
}

}  // namespace docwright::extract
