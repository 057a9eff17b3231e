#include "extract/layout/figures.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
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
// Labels of a chart: short, small or numeric, and right beside it; scales and their titles are two rows.
constexpr std::size_t kLabelWords = 9;
constexpr double kLabelSize = 0.93;
constexpr double kLabelGapEm = 1.6;
constexpr int kLabelRounds = 3;
constexpr double kChartSide = 50.0;  // points: smaller drawings have no scales
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

// Size that most of the page's text has.
double common_size(std::span<const Line> lines) {
    std::map<long, std::size_t> counts;
    for (const Line& line : lines) counts[std::lround(2 * line.size)] += line.glyphs.size();
    std::size_t most = 0;
    double size = 0;
    for (const auto& [half_points, count] : counts) {
        if (count <= most) continue;
        most = count;
        size = static_cast<double>(half_points) / 2;
    }
    return size;
}

// "Figure 3": a caption is no label, though it is small and near.
bool starts_caption(const PageFacts& facts, const Line& line) {
    if (line.words.size() < 2) return false;
    const Word &name = line.words[0], &number = line.words[1];
    const char32_t first = facts.glyphs[line.glyphs[name.first]].code, second = facts.glyphs[line.glyphs[number.first]].code;
    return name.count >= 3 && first >= U'A' && first <= U'Z' && second >= U'0' && second <= U'9';
}

bool is_label_like(const PageFacts& facts, const Line& line, double body) {
    if (line.words.size() > kLabelWords) return false;
    std::size_t digits = 0;
    for (std::uint32_t glyph : line.glyphs) {
        const char32_t c = facts.glyphs[glyph].code;
        digits += (c >= U'0' && c <= U'9') ? 1 : 0;
    }
    const bool number = line.words.size() <= 2 && 2 * digits >= line.glyphs.size();
    return number || line.size < kLabelSize * body || line.angle != 0;
}

// Charts write their scales beside the drawing: small or numeric lines right outside of it belong to it.
void take_labels(const PageFacts& facts, std::span<const Line> lines, std::vector<bool>& still_free, double body, Figure& figure) {
    if (!figure.images.empty() || figure.box.width() < kChartSide || figure.box.height() < kChartSide) return;
    for (int round = 0; round < kLabelRounds; ++round) {
        const Box reach = figure.box;
        bool grew = false;
        for (std::uint32_t i = 0; i < lines.size(); ++i) {
            const Line& line = lines[i];
            if (!still_free[i] || !is_label_like(facts, line, body) || starts_caption(facts, line)) continue;
            const double gap = std::max(-shared_width(line.box, reach), -shared_height(line.box, reach));
            const bool along =
                shared_width(line.box, reach) > line.box.width() / 2 || shared_height(line.box, reach) > line.box.height() / 2;
            if (!along || gap > kLabelGapEm * line.size) continue;
            figure.lines.push_back(i);
            still_free[i] = false;
            figure.box = joined(figure.box, line.box);
            grew = true;
        }
        if (!grew) break;
    }
    std::sort(figure.lines.begin(), figure.lines.end());
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
    const double body = common_size(lines);
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
            for (std::uint32_t line : inside.lines) still_free[line] = false;
            figure.lines = std::move(inside.lines);
            take_labels(facts, lines, still_free, body, figure);
            for (std::uint32_t line : figure.lines) finds.figure_of[line] = static_cast<int>(finds.figures.size());
        }
        finds.figures.push_back(std::move(figure));
        finds.in_flow.push_back(in_flow);
    }
    return finds;
}

}  // namespace docwright::extract
