#include "extract/tables/blocks.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "extract/tables/row_kind.h"

namespace docwright::extract::tables {
namespace {

constexpr int kRowsOfColumn = 4;          // so many lines of prose with one left edge make a column of text
constexpr double kSameEdgeEm = 1;         // indents differ by more
constexpr double kNarrowestStrip = 0.15;  // of the page width: a narrower strip holds margin notes, not tables
constexpr double kWidestPitchEm = 3.2;    // rows further apart do not belong together, unless the run has been set so from its start
constexpr double kPitchGrowth = 1.6;      // a pitch so much wider than any before ends the run
constexpr double kCommonGapEm = 0.5;      // white that two rows leave in common
constexpr double kShortestRule = 40;      // points: shorter rules are fraction bars, signature lines of cells, decorations
constexpr std::size_t kMostGroups = 400;  // of rules of equal extent; a page with more is a drawing
constexpr double kSameExtent = 4;         // points: rules of one table end at the same place but for line caps

// White strips that all rows of a run so far leave in common.
class CommonGaps {
public:
    void start(const TextRow& row) { gaps_ = gaps_of(row); }

    // Takes the row in if some white stays common; a row with one text only must not run over all of it.
    bool take(const TextRow& row) {
        std::vector<Strip> left;
        const double least = kCommonGapEm * row.size;
        for (const Strip& gap : gaps_) {
            Strip rest = gap;
            bool crossed = false;
            for (const Segment& segment : row.segments) {
                if (segment.right <= rest.left || segment.left >= rest.right) continue;
                if (segment.left <= rest.left && segment.right >= rest.right)
                    crossed = true;
                else if (segment.left - rest.left > rest.right - segment.right)
                    rest.right = segment.left;
                else
                    rest.left = segment.right;
            }
            if (!crossed && rest.right - rest.left >= least) left.push_back(rest);
        }
        if (left.empty()) return false;
        gaps_ = std::move(left);
        return true;
    }

private:
    struct Strip {
        double left;
        double right;
    };
    static std::vector<Strip> gaps_of(const TextRow& row) {
        std::vector<Strip> gaps;
        for (std::size_t i = 0; i + 1 < row.segments.size(); ++i) gaps.push_back({row.segments[i].right, row.segments[i + 1].left});
        return gaps;
    }
    std::vector<Strip> gaps_;
};

Region region_of_rows(const std::vector<TextRow>& rows, std::size_t first, std::size_t end, const PageWords& page,
                      std::span<const Ruling> rulings) {
    Box box = rows[first].box;
    for (std::size_t row = first; row < end; ++row) box = joined(box, rows[row].box);
    Region region = region_of(Proposer::Unruled, box, page, rulings);
    region.words.clear();
    for (std::size_t row = first; row < end; ++row)
        for (const Segment& segment : rows[row].segments)
            region.words.insert(region.words.end(), segment.words.begin(), segment.words.end());
    return region;
}

bool pitch_fits(const TextRow& above, const TextRow& below, double widest) {
    const double pitch = below.baseline - above.baseline;
    return pitch <= std::max(kWidestPitchEm * std::max(above.size, below.size), kPitchGrowth * widest);
}

}  // namespace

std::vector<Box> text_strips(const PageWords& page, double width, double height) {
    struct Column {
        double left;
        double right;
        int rows;
    };
    std::vector<Segment> prose;
    for (const TextRow& row : build_rows(page, page.by_center_y, kSegmentGapEm))
        for (const Segment& segment : row.segments)
            if (is_prose(page, segment, row.size)) prose.push_back(segment);
    std::stable_sort(prose.begin(), prose.end(), [](const Segment& a, const Segment& b) { return a.left < b.left; });
    std::vector<Column> columns;
    for (const Segment& segment : prose) {
        if (columns.empty() || segment.left - columns.back().left > kSameEdgeEm * page.body_size)
            columns.push_back({segment.left, segment.right, 0});
        ++columns.back().rows;
        columns.back().right = std::max(columns.back().right, segment.right);
    }
    std::vector<double> cuts;
    auto add_cut = [&](double x) {
        int crossed = 0;
        for (const Column& column : columns)
            if (column.left < x && column.right > x) crossed += column.rows;
        if (crossed < kRowsOfColumn) cuts.push_back(x);
    };
    for (const Column& column : columns) {
        if (column.rows < kRowsOfColumn) continue;
        add_cut(column.left - kSameEdgeEm * page.body_size / 2);
        add_cut(column.right + kSameEdgeEm * page.body_size / 2);
    }
    std::sort(cuts.begin(), cuts.end());
    std::vector<Box> strips{{0, 0, width, height}};
    double left = 0;
    cuts.push_back(width);
    for (double cut : cuts) {
        if (cut - left >= kNarrowestStrip * width && cut - left < width - kNarrowestStrip * width) strips.push_back({left, 0, cut, height});
        if (cut - left >= kNarrowestStrip * width || left == 0) left = cut;
    }
    return strips;
}

std::vector<Region> aligned_runs(const PageWords& page, const Box& strip, std::span<const Box> taken, std::span<const Ruling> rulings) {
    std::vector<std::uint32_t> words = words_inside(page, strip);
    std::erase_if(words, [&](std::uint32_t index) {
        const Point center{page.words[index].box.center_x(), page.words[index].box.center_y()};
        return std::any_of(taken.begin(), taken.end(), [&](const Box& box) { return box.holds(center); });
    });
    const std::vector<TextRow> rows = build_rows(page, words, kSegmentGapEm);
    auto table_between = [&](const TextRow& above, const TextRow& below) {
        return std::any_of(taken.begin(), taken.end(), [&](const Box& box) {
            return box.top >= above.box.center_y() && box.bottom <= below.box.center_y() &&
                   std::min(box.right, strip.right) > std::max(box.left, strip.left);
        });
    };
    std::vector<Region> regions;
    for (std::size_t first = 0; first < rows.size();) {
        if (row_kind(page, rows[first]) != RowKind::Multi) {
            ++first;
            continue;
        }
        CommonGaps gaps;
        gaps.start(rows[first]);
        double widest = 0;
        std::size_t end = first + 1;  // past the last row that has several texts
        std::size_t multi = 1;
        for (std::size_t row = first + 1; row < rows.size(); ++row) {
            const RowKind kind = row_kind(page, rows[row]);
            if (kind == RowKind::Break || table_between(rows[row - 1], rows[row]) || !pitch_fits(rows[row - 1], rows[row], widest) ||
                !gaps.take(rows[row]))
                break;
            widest = std::max(widest, rows[row].baseline - rows[row - 1].baseline);
            if (kind == RowKind::Multi) {
                end = row + 1;
                ++multi;
            }
        }
        if (multi > 1) regions.push_back(region_of_rows(rows, first, end, page, rulings));
        first = multi > 1 ? end : first + 1;
    }
    return regions;
}

namespace {

// Rules that begin and end at the same places, group by group, each from the top.
std::vector<std::vector<Ruling>> by_extent(std::vector<Ruling> rules) {
    auto cut = [](std::vector<Ruling> from, auto key) {
        std::stable_sort(from.begin(), from.end(), [&](const Ruling& a, const Ruling& b) { return key(a) < key(b); });
        std::vector<std::vector<Ruling>> groups;
        for (const Ruling& rule : from) {
            if (groups.empty() || key(rule) - key(groups.back().front()) > kSameExtent) groups.emplace_back();
            groups.back().push_back(rule);
        }
        return groups;
    };
    std::vector<std::vector<Ruling>> groups;
    for (std::vector<Ruling>& same_start : cut(std::move(rules), [](const Ruling& rule) { return rule.from; }))
        for (std::vector<Ruling>& same : cut(std::move(same_start), [](const Ruling& rule) { return rule.to; })) {
            std::stable_sort(same.begin(), same.end(), [](const Ruling& a, const Ruling& b) { return a.position < b.position; });
            groups.push_back(std::move(same));
        }
    return groups;
}

// Does running text or a caption stand between the two rules?
bool text_between(const PageWords& page, const Ruling& upper, const Ruling& lower) {
    const Box box{upper.from, upper.position, upper.to, lower.position};
    const std::vector<TextRow> rows = build_rows(page, words_inside(page, box), kSegmentGapEm);
    int prose = 0;
    int multi = 0;
    for (const TextRow& row : rows) {
        if (row.segments.size() > 1)
            ++multi;  // texts side by side may be cells, however long
        else
            prose += row_kind(page, row) == RowKind::Break;
        if (is_caption(page, row)) return true;
    }
    return prose > multi;
}

}  // namespace

std::vector<Region> between_rules(const PageWords& page, std::span<const Ruling> rulings) {
    std::vector<Ruling> rules;
    for (const Ruling& ruling : rulings)
        if (ruling.axis == Axis::Horizontal && ruling.to - ruling.from >= kShortestRule) rules.push_back(ruling);
    std::vector<Region> regions;
    const std::vector<std::vector<Ruling>> groups = by_extent(std::move(rules));
    if (groups.size() > kMostGroups) return {};
    for (const std::vector<Ruling>& group : groups) {
        for (std::size_t first = 0; first < group.size();) {
            std::size_t last = first;
            while (last + 1 < group.size() && !text_between(page, group[last], group[last + 1])) ++last;
            if (group[last].position - group[first].position > kSnap) {
                const Box box{group[first].from, group[first].position, group[first].to, group[last].position};
                regions.push_back(region_of(Proposer::HalfRuled, box, page, rulings));
            }
            first = last + 1;
        }
    }
    return regions;
}

}  // namespace docwright::extract::tables
