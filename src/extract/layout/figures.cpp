#include "extract/layout/figures.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace docwright::extract {

namespace {

// Parts of one figure lie closer than a line of text.
constexpr double kPartGap = 7.0;  // points
// Pictures thinner than this are specks and rules (contract 6.5).
constexpr double kSpeck = 4.0;  // points
// A drawing smaller than this on both sides is a bullet, a tick or an ornament.
constexpr double kOrnament = 14.0;  // points
// A picture that covers this much of the page is its background or a scan.
constexpr double kPageShare = 0.85;
constexpr double kScanShare = 0.5;
constexpr std::size_t kScanGlyphs = 12;  // fewer visible glyphs are no text to speak of: a stamp, a page number
// A line belongs to a picture when this share of it lies inside.
constexpr double kInside = 0.75;
// Lines of so many words are sentences; pictures with mostly sentences inside lie behind text.
constexpr std::size_t kSentenceWords = 5;
constexpr double kSentenceShare = 0.5;
constexpr std::size_t kSentences = 3;
// A picture no higher than this many lines that stands beside text on one line is part of it.
constexpr double kInlineEm = 2.2;
// A drawing of so few strokes that holds text is a border.
constexpr int kBorderSegments = 16;
// Clusters of more parts than this are taken as one without looking for gaps.
constexpr std::size_t kMostParts = 4000;

struct Part {
    Box box;
    bool image = false;
    std::uint32_t index = 0;
};

std::vector<Part> parts_of(const PageFacts& facts, std::span<const Box> tables) {
    const Box page{0, 0, facts.width, facts.height};
    std::vector<Part> parts;
    auto in_table = [&](const Box& box) {
        return std::any_of(tables.begin(), tables.end(), [&](const Box& table) { return share_inside(box, table) > kInside; });
    };
    for (std::uint32_t i = 0; i < facts.images.size(); ++i) {
        const Box box = shared(facts.images[i].box, page);
        if (box.width() < kSpeck || box.height() < kSpeck || box.area() >= kPageShare * page.area()) continue;
        parts.push_back({.box = box, .image = true, .index = i});
    }
    for (std::uint32_t i = 0; i < facts.drawings.size(); ++i) {
        const Box box = shared(facts.drawings[i].box, page);
        if (box.empty() || box.area() >= kPageShare * page.area() || in_table(box)) continue;
        parts.push_back({.box = box, .index = i});
    }
    return parts;
}

std::size_t root_of(std::vector<std::size_t>& parents, std::size_t i) {
    while (parents[i] != i) i = parents[i] = parents[parents[i]];
    return i;
}

// Joins parts whose boxes touch or nearly do.
std::vector<Figure> cluster(const std::vector<Part>& parts) {
    std::vector<std::size_t> order(parts.size()), parents(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::iota(parents.begin(), parents.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return parts[a].box.left < parts[b].box.left; });
    std::vector<std::size_t> active;
    for (std::size_t i : order) {
        std::erase_if(active, [&](std::size_t other) { return parts[other].box.right + kPartGap < parts[i].box.left; });
        for (std::size_t other : active)
            if (shared_height(parts[i].box, parts[other].box) > -kPartGap) parents[root_of(parents, i)] = root_of(parents, other);
        if (active.size() < kMostParts) active.push_back(i);
    }
    std::vector<Figure> figures;
    std::vector<std::size_t> place(parts.size(), parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::size_t& at = place[root_of(parents, i)];
        if (at == parts.size()) {
            at = figures.size();
            figures.push_back({.box = parts[i].box});
        }
        Figure& figure = figures[at];
        figure.box = joined(figure.box, parts[i].box);
        (parts[i].image ? figure.images : figure.drawings).push_back(parts[i].index);
    }
    return figures;
}

struct Inside {
    std::vector<std::uint32_t> lines;
    std::size_t sentences = 0;
    double sentence_words = 0, words = 0;
};

Inside lines_inside(const Box& box, std::span<const Line> lines, const std::vector<bool>& free_lines) {
    Inside inside;
    for (std::uint32_t i = 0; i < lines.size(); ++i) {
        if (!free_lines[i] || share_inside(lines[i].box, box) < kInside) continue;
        inside.lines.push_back(i);
        const double words = static_cast<double>(lines[i].words.size());
        inside.words += words;
        if (lines[i].words.size() < kSentenceWords) continue;
        ++inside.sentences;
        inside.sentence_words += words;
    }
    return inside;
}

bool is_border(const PageFacts& facts, const Figure& figure) {
    int segments = 0;
    for (std::uint32_t drawing : figure.drawings) segments += facts.drawings[drawing].segment_count;
    return figure.images.empty() && segments <= kBorderSegments;
}

bool beside_text(const Box& box, std::span<const Line> lines) {
    return std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
        return box.height() <= kInlineEm * line.size && shared_height(box, line.box) > line.size / 2 &&
               shared_width(grown(box, 2 * line.size), line.box) > 0;
    });
}

bool is_picture_only(const PageFacts& facts, std::span<const Line> lines) {
    const Box page{0, 0, facts.width, facts.height};
    double covered = 0;
    for (const ImagePlacement& image : facts.images) covered += std::max(0.0, shared(image.box, page).area());
    std::size_t glyphs = 0;
    for (const Line& line : lines) glyphs += line.glyphs.size();
    return covered >= kScanShare * page.area() && glyphs < kScanGlyphs;
}

}  // namespace

FigureFinds find_figures(const PageFacts& facts, std::span<const Line> lines, const std::vector<bool>& free_lines,
                         std::span<const Box> tables) {
    FigureFinds finds{.figure_of = std::vector<int>(lines.size(), -1), .picture_only = is_picture_only(facts, lines)};
    std::vector<bool> still_free = free_lines;
    for (Figure& figure : cluster(parts_of(facts, tables))) {
        const bool ornament = figure.images.empty() && figure.box.width() < kOrnament && figure.box.height() < kOrnament;
        Inside inside = lines_inside(figure.box, lines, still_free);
        const bool behind = inside.sentences >= kSentences && inside.sentence_words >= kSentenceShare * inside.words;
        const bool border = !inside.lines.empty() && is_border(facts, figure);
        if (figure.images.empty() && (ornament || behind || border || figure.box.width() < kSpeck || figure.box.height() < kSpeck))
            continue;
        const bool in_table =
            std::any_of(tables.begin(), tables.end(), [&](const Box& table) { return share_inside(figure.box, table) > kInside; });
        const bool in_flow = !behind && !in_table && !beside_text(figure.box, lines);
        if (in_flow) {
            for (std::uint32_t line : inside.lines) {
                finds.figure_of[line] = static_cast<int>(finds.figures.size());
                still_free[line] = false;
            }
            figure.lines = std::move(inside.lines);
        }
        finds.figures.push_back(std::move(figure));
        finds.in_flow.push_back(in_flow);
    }
    return finds;
}

}  // namespace docwright::extract
