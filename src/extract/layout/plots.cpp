#include "extract/layout/plots.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

namespace docwright::extract {

namespace {

constexpr std::size_t kLeastNumbers = 3;  // fewer have no even steps
constexpr std::size_t kMostNumbers = 300;
constexpr std::size_t kLongestNumber = 12;  // characters
// Numbers of a scale stand under each other by an edge or their middle to within this.
constexpr double kAlignedEm = 0.4;
// Distances and steps differ by rounding of what is printed and where.
constexpr double kEvenDistance = 0.12;
constexpr double kEvenStep = 0.02;
// White between a scale and its axis or the start of its grid lines.
constexpr double kReachEm = 3.0;
constexpr double kAtHeightEm = 0.5;  // from the middle of a number to its grid line
constexpr double kLeastSide = 50.0;  // points: smaller plots have no scale
constexpr double kCorner = 3.0;      // points: axes meet within this
constexpr double kTableShare = 0.2;
// The frame round a chart holds a title and a legend beside the plot, not the rest of the page.
constexpr double kFrameTimes = 4.0;
constexpr double kFrameOfPage = 0.6;

// One number, as it may be meant: dots and commas part thousands or decimals.
struct Number {
    std::uint32_t line = 0;
    double along = 0;               // middle, in the direction of the scale
    std::array<double, 2> edges{};  // where it may be aligned with others
    double size = 0;
    std::array<double, 2> values{};  // grouped, decimal
};

std::optional<std::array<double, 2>> values_of(const PageFacts& facts, const Line& line) {
    if (line.words.size() != 1 || line.glyphs.size() > kLongestNumber) return std::nullopt;
    double digits = 0, divisor = 1;
    int count = 0;
    bool negative = false, fraction = false;
    for (std::size_t i = 0; i < line.glyphs.size(); ++i) {
        const char32_t code = facts.glyphs[line.glyphs[i]].code;
        if (code >= U'0' && code <= U'9') {
            digits = digits * 10 + static_cast<double>(code - U'0');
            if (fraction) divisor *= 10;
            ++count;
        } else if (i == 0 && (code == U'-' || code == U'−' || code == U'–')) {
            negative = true;
        } else if ((code == U'.' || code == U',') && count > 0) {
            fraction = true;
            divisor = 1;
        } else if (code != U'%' || count == 0) {
            return std::nullopt;
        }
    }
    if (count == 0) return std::nullopt;
    const double sign = negative ? -1 : 1;
    return std::array{sign * digits, sign * digits / divisor};
}

// A scale upwards: numbers fall from line to line; else one that runs to the right: they rise.
std::vector<Number> numbers_of(const PageFacts& facts, std::span<const Line> lines, const std::vector<bool>& free_lines, bool upwards) {
    std::vector<Number> numbers;
    for (std::uint32_t i = 0; i < lines.size() && numbers.size() < kMostNumbers; ++i) {
        if (!free_lines[i] || lines[i].size <= 0) continue;
        const auto values = values_of(facts, lines[i]);
        if (!values) continue;
        const Box& box = lines[i].box;
        Number number{.line = i, .size = lines[i].size, .values = *values};
        number.along = upwards ? -box.center_y() : box.center_x();
        number.edges = upwards ? std::array{box.left, box.right} : std::array{box.top, box.bottom};
        numbers.push_back(number);
    }
    std::stable_sort(numbers.begin(), numbers.end(), [](const Number& a, const Number& b) { return a.along < b.along; });
    return numbers;
}

bool aligned(const Number& a, const Number& b) {
    const double slack = kAlignedEm * a.size;
    return std::abs(a.edges[0] - b.edges[0]) <= slack || std::abs(a.edges[1] - b.edges[1]) <= slack ||
           std::abs(a.edges[0] + a.edges[1] - b.edges[0] - b.edges[1]) <= 2 * slack;
}

using Scale = std::vector<Number>;  // in rising order

// The longest even run that starts with two numbers, read as `meaning` says.
Scale run_from(const std::vector<Number>& numbers, std::size_t first, std::size_t second, std::size_t meaning) {
    const double distance = numbers[second].along - numbers[first].along;
    const double step = numbers[second].values[meaning] - numbers[first].values[meaning];
    Scale run{numbers[first], numbers[second]};
    if (step <= 0 || distance < numbers[first].size) return {};
    for (std::size_t i = second + 1; i < numbers.size(); ++i) {
        const Number &last = run.back(), &next = numbers[i];
        if (next.along > last.along + distance * (1 + kEvenDistance)) break;
        const bool even = std::abs(next.along - last.along - distance) <= kEvenDistance * distance &&
                          std::abs(next.values[meaning] - last.values[meaning] - step) <= kEvenStep * step;
        if (even && aligned(last, next)) run.push_back(next);
    }
    return run.size() >= kLeastNumbers ? run : Scale{};
}

std::vector<Scale> scales_of(const std::vector<Number>& numbers) {
    std::vector<Scale> scales;
    std::vector<bool> used(numbers.size(), false);
    auto use = [&](const Scale& scale) {
        for (std::size_t i = 0; i < numbers.size(); ++i)
            for (const Number& number : scale) used[i] = used[i] || numbers[i].line == number.line;
    };
    for (std::size_t first = 0; first < numbers.size(); ++first) {
        // A number may end one scale and begin another: panels of charts stand on each other.
        for (std::size_t second = first + 1; second < numbers.size(); ++second) {
            if (used[second] || !aligned(numbers[first], numbers[second])) continue;
            Scale best = run_from(numbers, first, second, 0);
            const Scale decimal = run_from(numbers, first, second, 1);
            if (decimal.size() > best.size()) best = decimal;
            if (best.empty()) continue;
            use(best);
            scales.push_back(std::move(best));
        }
    }
    return scales;
}

double length(const Ruling& ruling) { return ruling.to - ruling.from; }
Box box_of(const Ruling& ruling) {
    return ruling.axis == Axis::Horizontal ? Box{ruling.from, ruling.position, ruling.to, ruling.position}
                                           : Box{ruling.position, ruling.from, ruling.position, ruling.to};
}
void widen(std::optional<Box>& box, const Ruling& ruling) { box = box ? joined(*box, box_of(ruling)) : box_of(ruling); }

// What a scale that runs upwards measures: the axis beside it with the lines that leave it, or the grid lines at its numbers.
std::optional<Box> area_beside(const PageFacts& facts, const Scale& scale, const Box& numbers) {
    const double size = scale.front().size, reach = kReachEm * size, slack = kAtHeightEm * size;
    const double low = -scale.front().along, high = -scale.back().along;
    auto reaches = [&](double from, double to) {
        return (from >= numbers.right - slack && from <= numbers.right + reach) ||
               (to <= numbers.left + slack && to >= numbers.left - reach);
    };
    std::optional<Box> area;
    bool axis = false;
    for (const Ruling& ruling : facts.rulings) {
        const bool beside = ruling.axis == Axis::Vertical && reaches(ruling.position, ruling.position) && ruling.from <= high + slack &&
                            ruling.to >= low - slack;
        if (!beside || length(ruling) > 2 * (low - high) + kLeastSide) continue;
        axis = true;
        widen(area, ruling);
    }
    std::vector<bool> met(scale.size(), false);
    std::size_t lines = 0;
    for (const Ruling& ruling : facts.rulings) {
        if (ruling.axis != Axis::Horizontal || length(ruling) < kLeastSide || !reaches(ruling.from, ruling.to)) continue;
        if (ruling.position < high - slack || ruling.position > low + slack) continue;
        ++lines;
        for (std::size_t i = 0; i < scale.size(); ++i) met[i] = met[i] || std::abs(ruling.position + scale[i].along) <= slack;
        widen(area, ruling);
    }
    const auto heights = static_cast<std::size_t>(std::count(met.begin(), met.end(), true));
    return (axis && lines > 0) || heights >= kLeastNumbers ? area : std::nullopt;
}

// What a scale that runs to the right measures: the axis above or below it and the upright lines that leave that.
std::optional<Box> area_above(const PageFacts& facts, const Scale& scale, const Box& numbers) {
    const double size = scale.front().size, reach = kReachEm * size, slack = kAtHeightEm * size;
    for (const Ruling& axis : facts.rulings) {
        const bool near = (axis.position <= numbers.top + slack && axis.position >= numbers.top - reach) ||
                          (axis.position >= numbers.bottom - slack && axis.position <= numbers.bottom + reach);
        if (axis.axis != Axis::Horizontal || !near || axis.from > scale.front().along + slack || axis.to < scale.back().along - slack)
            continue;
        std::optional<Box> area;
        for (const Ruling& ruling : facts.rulings) {
            const bool meets = ruling.axis == Axis::Vertical && length(ruling) >= kLeastSide && ruling.position >= axis.from - kCorner &&
                               ruling.position <= axis.to + kCorner &&
                               std::min(std::abs(ruling.to - axis.position), std::abs(ruling.from - axis.position)) <= kCorner;
            if (meets) widen(area, ruling);
        }
        if (area) return joined(*area, box_of(axis));
    }
    return std::nullopt;
}

Box framed(const PageFacts& facts, const Plot& plot, std::span<const Box> frames) {
    Box best = plot.box;
    bool found = false;
    for (const Box& frame : frames) {
        if (share_inside(plot.box, grown(frame, kCorner)) < 1 || frame.area() > kFrameTimes * plot.area.area()) continue;
        if (frame.area() > kFrameOfPage * facts.width * facts.height || (found && frame.area() >= best.area())) continue;
        best = frame;
        found = true;
    }
    return best;
}

}  // namespace

std::vector<Plot> find_plots(const PageFacts& facts, std::span<const Line> lines, const std::vector<bool>& free_lines,
                             std::span<const Box> tables, std::span<const Box> frames) {
    std::vector<Plot> plots;
    for (const bool upwards : {true, false}) {
        for (const Scale& scale : scales_of(numbers_of(facts, lines, free_lines, upwards))) {
            Box numbers = lines[scale.front().line].box;
            for (const Number& number : scale) numbers = joined(numbers, lines[number.line].box);
            const std::optional<Box> area = upwards ? area_beside(facts, scale, numbers) : area_above(facts, scale, numbers);
            if (!area || area->width() < kLeastSide || area->height() < kLeastSide / 2) continue;
            Plot plot{.area = *area, .box = joined(*area, numbers)};
            const bool of_table = std::any_of(tables.begin(), tables.end(), [&](const Box& table) {
                return share_inside(plot.box, table) > kTableShare || share_inside(table, plot.box) > kTableShare;
            });
            if (of_table) continue;
            plot.box = framed(facts, plot, frames);
            plots.push_back(plot);
        }
    }
    return plots;
}

}  // namespace docwright::extract
