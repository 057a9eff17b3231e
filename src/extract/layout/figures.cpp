#include "extract/layout/figures.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>

#include "extract/layout/frames.h"
#include "extract/layout/plots.h"
#include "extract/layout/text_size.h"
#include "extract/text/labels.h"

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
constexpr double kSpreadShare = 0.75;  // of a line that is words; spaces of text leave four fifths and more
constexpr double kLabelGapEm = 1.6;
constexpr int kLabelRounds = 3;
constexpr double kChartSide = 50.0;  // points: smaller drawings have no scales
// What stands right or left of a plot is a label if it is short (a legend); other text there is the next column.
constexpr std::size_t kLegendWords = 3;
constexpr double kLegendGapEm = 3.0;
constexpr double kOverhangEm = 2.0;  // the numbers at the ends of a scale are centred on them
// Clusters of more parts than this are taken as one without looking for gaps.
constexpr std::size_t kMostParts = 4000;

enum class PartKind : std::uint8_t { Image, Drawing, Plot };
struct Part {
    Box box;
    PartKind kind = PartKind::Drawing;
    std::uint32_t index = 0;
};

struct Cluster {
    Figure figure;
    std::optional<Box> plot;  // inside the axes of its plots
};

// Pictures that cover the page together, each from side to side, as printers cut them: its ground.
bool cut_ground(const PageFacts& facts, bool across) {
    const Box page{0, 0, facts.width, facts.height};
    double covered = 0;
    for (const ImagePlacement& image : facts.images) {
        const Box box = shared(image.box, page);
        const bool strip = across ? box.width() >= kPageShare * page.width() : box.height() >= kPageShare * page.height();
        if (strip) covered += std::max(0.0, box.area());
    }
    return covered >= kPageShare * page.area();
}

std::vector<Part> parts_of(const PageFacts& facts, std::span<const Box> tables, std::span<const Plot> plots) {
    const Box page{0, 0, facts.width, facts.height};
    const bool rows = cut_ground(facts, true), columns = cut_ground(facts, false);
    std::vector<Part> parts;
    auto in_table = [&](const Box& box) {
        return std::any_of(tables.begin(), tables.end(), [&](const Box& table) { return share_inside(box, table) > kInside; });
    };
    for (std::uint32_t i = 0; i < facts.images.size(); ++i) {
        const Box box = shared(facts.images[i].box, page);
        const bool ground = box.area() >= kPageShare * page.area() || (rows && box.width() >= kPageShare * page.width()) ||
                            (columns && box.height() >= kPageShare * page.height());
        if (box.width() < kSpeck || box.height() < kSpeck || ground) continue;
        parts.push_back({.box = box, .kind = PartKind::Image, .index = i});
    }
    for (std::uint32_t i = 0; i < facts.drawings.size(); ++i) {
        const Box box = shared(facts.drawings[i].box, page);
        if (box.empty() || box.area() >= kPageShare * page.area() || in_table(box)) continue;
        parts.push_back({.box = box, .index = i});
    }
    for (std::uint32_t i = 0; i < plots.size(); ++i) parts.push_back({.box = plots[i].box, .kind = PartKind::Plot, .index = i});
    return parts;
}

std::size_t root_of(std::vector<std::size_t>& parents, std::size_t i) {
    while (parents[i] != i) i = parents[i] = parents[parents[i]];
    return i;
}

// Joins parts whose boxes touch or nearly do.
std::vector<Cluster> cluster(const std::vector<Part>& parts, std::span<const Plot> plots) {
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
    std::vector<Cluster> clusters;
    std::vector<std::size_t> place(parts.size(), parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::size_t& at = place[root_of(parents, i)];
        if (at == parts.size()) {
            at = clusters.size();
            clusters.push_back({.figure = {.box = parts[i].box}});
        }
        Cluster& own = clusters[at];
        own.figure.box = joined(own.figure.box, parts[i].box);
        if (parts[i].kind == PartKind::Image) own.figure.images.push_back(parts[i].index);
        if (parts[i].kind == PartKind::Drawing) own.figure.drawings.push_back(parts[i].index);
        if (parts[i].kind == PartKind::Plot)
            own.plot = own.plot ? joined(*own.plot, plots[parts[i].index].area) : plots[parts[i].index].area;
    }
    return clusters;
}

struct Inside {
    std::vector<std::uint32_t> lines;
    std::size_t sentences = 0;
    double sentence_words = 0, words = 0;
};

// "Figure 3": a caption is no label, though it is small and near.
bool starts_caption(const PageFacts& facts, const Line& line) {
    if (line.words.size() < 2) return false;
    const Word& number = line.words[1];
    const char32_t first = facts.glyphs[line.glyphs[number.first]].code;
    return first >= U'0' && first <= U'9' && names_caption(opening_of(facts, line, line.words[0].count));
}

// The names of bars stand in one line, far apart.
bool is_spread(const Line& line) {
    double words = 0;
    for (const Word& word : line.words) words += word.box.width();
    return words < kSpreadShare * line.box.width();
}

bool is_label_like(const PageFacts& facts, const Line& line, double body) {
    if (line.words.size() > kLabelWords && !is_spread(line)) return false;
    std::size_t digits = 0;
    for (std::uint32_t glyph : line.glyphs) {
        const char32_t c = facts.glyphs[glyph].code;
        digits += (c >= U'0' && c <= U'9') ? 1 : 0;
    }
    const bool number = line.words.size() <= 2 && 2 * digits >= line.glyphs.size();
    return number || line.size < kLabelSize * body || line.angle != 0;
}

// Of a plot, a caption inside its frame stays text, and its labels make no sentences however long they are.
Inside lines_inside(const PageFacts& facts, const Cluster& cluster, std::span<const Line> lines, const std::vector<bool>& free_lines,
                    double body) {
    Inside inside;
    for (std::uint32_t i = 0; i < lines.size(); ++i) {
        if (!free_lines[i] || share_inside(lines[i].box, cluster.figure.box) < kInside) continue;
        if (cluster.plot && starts_caption(facts, lines[i])) continue;
        inside.lines.push_back(i);
        const double words = static_cast<double>(lines[i].words.size());
        inside.words += words;
        if (lines[i].words.size() < kSentenceWords || (cluster.plot && is_label_like(facts, lines[i], body))) continue;
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

// Whether a line names something of a plot by where it stands: over or under it and no wider, or short and at its side.
bool labels_plot(const Line& line, const Box& plot, const Box& reach) {
    const double slack = kOverhangEm * line.size;
    const bool within = line.box.left >= plot.left - slack && line.box.right <= plot.right + slack;
    if (within && -shared_height(line.box, reach) <= kLabelGapEm * line.size) return true;
    const bool beside = line.box.top >= plot.top - slack && line.box.bottom <= plot.bottom + slack;
    return beside && line.words.size() <= kLegendWords && -shared_width(line.box, reach) <= kLegendGapEm * line.size;
}

// Charts write their scales beside the drawing: small or numeric lines right outside of it belong to it.
void take_labels(const PageFacts& facts, std::span<const Line> lines, std::vector<bool>& still_free, double body, Cluster& cluster) {
    Figure& figure = cluster.figure;
    const bool drawn = figure.images.empty() && figure.box.width() >= kChartSide && figure.box.height() >= kChartSide;
    if (!drawn && !cluster.plot) return;
    for (int round = 0; round < kLabelRounds; ++round) {
        const Box reach = figure.box;
        bool grew = false;
        for (std::uint32_t i = 0; i < lines.size(); ++i) {
            const Line& line = lines[i];
            if (!still_free[i] || !is_label_like(facts, line, body) || starts_caption(facts, line)) continue;
            const double gap = std::max(-shared_width(line.box, reach), -shared_height(line.box, reach));
            const bool along =
                shared_width(line.box, reach) > line.box.width() / 2 || shared_height(line.box, reach) > line.box.height() / 2;
            const bool turned_title = line.angle != 0 && along && gap <= kLabelGapEm * line.size;
            if (cluster.plot ? !turned_title && !labels_plot(line, *cluster.plot, reach) : !along || gap > kLabelGapEm * line.size)
                continue;
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
    const double body = text_size_of(lines);
    const std::vector<Plot> plots = find_plots(facts, lines, free_lines, tables, closed_boxes(facts));
    for (Cluster& found : cluster(parts_of(facts, tables, plots), plots)) {
        Figure& figure = found.figure;
        const bool ornament = figure.images.empty() && figure.box.width() < kOrnament && figure.box.height() < kOrnament;
        Inside inside = lines_inside(facts, found, lines, still_free, body);
        const bool behind = inside.sentences >= kSentences && inside.sentence_words >= kSentenceShare * inside.words;
        if (behind) found.plot.reset();
        const bool border = !found.plot && !inside.lines.empty() && is_border(facts, figure);
        if (figure.images.empty() && (ornament || behind || border || figure.box.width() < kSpeck || figure.box.height() < kSpeck))
            continue;
        const bool in_table =
            std::any_of(tables.begin(), tables.end(), [&](const Box& table) { return share_inside(figure.box, table) > kInside; });
        const bool in_flow = !behind && !in_table && !beside_text(figure.box, lines);
        if (in_flow) {
            for (std::uint32_t line : inside.lines) still_free[line] = false;
            figure.lines = std::move(inside.lines);
            take_labels(facts, lines, still_free, body, found);
            for (std::uint32_t line : figure.lines) finds.figure_of[line] = static_cast<int>(finds.figures.size());
        }
        finds.figures.push_back(std::move(figure));
        finds.in_flow.push_back(in_flow);
    }
    return finds;
}

}  // namespace docwright::extract
