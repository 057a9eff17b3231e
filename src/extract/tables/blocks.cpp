#include "extract/tables/blocks.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace docwright::extract::tables {
namespace {

constexpr int kProseWords = 5;            // a text of that many words …
constexpr double kProseEm = 15;           // … and this width reads as running text; cells of several words are narrower
constexpr double kTextShare = 0.6;        // of its words are letters
constexpr int kRowsOfColumn = 4;          // so many lines of prose with one left edge make a column of text
constexpr double kSameEdgeEm = 1;         // indents differ by more
constexpr double kNarrowestStrip = 0.15;  // of the page width: a narrower strip holds margin notes, not tables
constexpr double kWidestPitchEm = 3.2;    // rows further apart do not belong together, unless the run has been set so from its start
constexpr double kPitchGrowth = 1.6;      // a pitch so much wider than any before ends the run
constexpr double kCommonGapEm = 0.5;      // white that two rows leave in common
constexpr double kShortestRule = 40;      // points: shorter rules are fraction bars, signature lines of cells, decorations
constexpr double kSameExtent = 4;         // points: rules of one table end at the same place but for line caps

bool is_prose(const PageWords& page, const Segment& segment, double size) {
    int letters = 0;
    for (std::uint32_t index : segment.words) letters += page.words[index].kind == WordKind::Text;
    const auto count = static_cast<int>(segment.words.size());
    return count >= kProseWords && letters >= kTextShare * count && segment.right - segment.left >= kProseEm * size;
}

// "Table 3: …" or "Source: …"
bool is_caption(const PageWords& page, const TextRow& row) {
    const Segment& segment = row.segments.front();
    const PageWord& first = page.words[segment.words.front()];
    if (!first.names_caption) return false;
    if (first.ends_colon) return true;
    if (segment.words.size() < 2) return false;
    const WordKind kind = page.words[segment.words[1]].kind;
    return kind == WordKind::Number || kind == WordKind::Marker;
}

enum class RowKind { Break, Single, Multi };

RowKind kind_of(const PageWords& page, const TextRow& row) {
    if (is_caption(page, row)) return RowKind::Break;
    const bool all_prose =
        std::all_of(row.segments.begin(), row.segments.end(), [&](const Segment& segment) { return is_prose(page, segment, row.size); });
    if (all_prose) return RowKind::Break;
    return row.segments.size() > 1 ? RowKind::Multi : RowKind::Single;
}

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
    return region_of(Proposer::Unruled, box, page, rulings);
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

std::vector<Region> aligned_runs(const PageWords& page, const Box& strip, std::span<const Ruling> rulings) {
    const std::vector<TextRow> rows = build_rows(page, words_inside(page, strip), kSegmentGapEm);
    std::vector<Region> regions;
    for (std::size_t first = 0; first < rows.size();) {
        if (kind_of(page, rows[first]) != RowKind::Multi) {
            ++first;
            continue;
        }
        CommonGaps gaps;
        gaps.start(rows[first]);
        double widest = 0;
        std::size_t end = first + 1;  // past the last row that has several texts
        std::size_t multi = 1;
        for (std::size_t row = first + 1; row < rows.size(); ++row) {
            const RowKind kind = kind_of(page, rows[row]);
            if (kind == RowKind::Break || !pitch_fits(rows[row - 1], rows[row], widest) || !gaps.take(rows[row])) break;
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
        const RowKind kind = kind_of(page, row);
        prose += kind == RowKind::Break;
        multi += kind == RowKind::Multi;
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
    for (const std::vector<Ruling>& group : by_extent(std::move(rules))) {
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
