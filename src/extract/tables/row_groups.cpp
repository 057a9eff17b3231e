#include "extract/tables/row_groups.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace docwright::extract::tables {
namespace {

constexpr double kSameRowEm = 0.75;    // baselines closer than this cannot be two lines of text: labels centred on their values
constexpr double kOwnLineEm = 1;       // two lines of one column are at least so far apart
constexpr double kSameHeadEm = 0.5;    // rounding of centred lines
constexpr double kTightEm = 1.45;      // leading of wrapped text; rows of a table with air are wider apart
constexpr double kTwoPitches = 1.25;   // wide pitch to tight pitch: from here on the pitch tells rows from wrapped lines
constexpr double kTightSlack = 1.12;   // of the tightest pitch: rounding, superscripts
constexpr double kBandedShare = 0.6;   // of the rows' places have a line below: then lines, not pitch, part the rows
constexpr double kNumericShare = 0.5;  // of the filled columns beside the first: a row of values

std::vector<char> filled_columns(const CutRow& row, int columns) {
    std::vector<char> filled(static_cast<std::size_t>(columns), 0);
    for (const Piece& piece : row.pieces)
        for (int column = piece.first_column; column <= piece.last_column; ++column) filled[static_cast<std::size_t>(column)] = 1;
    return filled;
}

bool has_span(const CutRow& row) {
    return std::any_of(row.pieces.begin(), row.pieces.end(), [](const Piece& piece) { return piece.last_column > piece.first_column; });
}

bool is_year(const PageWords& page, const Piece& piece) {
    return std::all_of(piece.words.begin(), piece.words.end(), [&](auto index) { return page.words[index].year; });
}

struct Facts {
    std::vector<double> pitches;  // to the next row, in em
    double tightest = 0;
    bool two_pitches = false;  // wrapped lines stand closer than rows
    bool banded = false;       // lines part the rows
    std::size_t head_end = 0;  // first text row below the head; 0: unknown
};

std::size_t find_head_end(const PageWords& page, std::span<const CutRow> rows) {
    std::size_t first_values = 0;
    while (first_values < rows.size() && !has_values(page, rows[first_values])) ++first_values;
    std::size_t first_ruled = 0;
    while (first_ruled < rows.size() && !rows[first_ruled].ruled_below) ++first_ruled;
    ++first_ruled;
    if (first_values < rows.size()) return first_values;
    return first_ruled < rows.size() ? first_ruled : 0;
}

Facts gather(const PageWords& page, std::span<const CutRow> rows) {
    Facts facts;
    double widest = 0;
    int ruled = 0;
    std::vector<double> open;
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
        const double size = std::max(std::min(rows[i].size, rows[i + 1].size), 1.0);
        facts.pitches.push_back((rows[i + 1].baseline - rows[i].baseline) / size);
        ruled += rows[i].ruled_below;
        if (facts.pitches.back() < kSameRowEm) continue;
        open.push_back(facts.pitches.back());
        facts.tightest = facts.tightest > 0 ? std::min(facts.tightest, facts.pitches.back()) : facts.pitches.back();
    }
    widest = open.empty() ? 0 : *std::max_element(open.begin(), open.end());
    facts.two_pitches = facts.tightest > 0 && widest >= kTwoPitches * facts.tightest && facts.tightest <= kTightEm;
    facts.banded = rows.size() > 2 &&
                   ruled >= kBandedShare * static_cast<double>(std::count_if(facts.pitches.begin(), facts.pitches.end(),
                                                                             [&](double pitch) { return pitch > kTightEm; })) &&
                   ruled >= 2;
    facts.head_end = find_head_end(page, rows);
    return facts;
}

// Do both rows have a value in one column? Then they are two rows: numbers do not wrap.
bool both_have_values(const PageWords& page, const CutRow& a, const CutRow& b) {
    for (const Piece& x : a.pieces)
        for (const Piece& y : b.pieces)
            if (x.first_column == y.first_column && x.first_column > 0 && is_value(page, x.words) && is_value(page, y.words)) return true;
    return false;
}

bool covers(const std::vector<char>& outer, const std::vector<char>& inner) {
    for (std::size_t i = 0; i < inner.size(); ++i)
        if (inner[i] && !outer[i]) return false;
    return true;
}

bool starts_lower(const PageWords& page, const CutRow& row) {
    return !row.pieces.empty() && page.words[row.pieces.front().words.front()].starts_lower;
}

// In the head: does the lower row go on with the upper row's texts rather than stand below a spanning head?
bool head_goes_on(const CutRow& upper, const CutRow& lower) {
    for (const Piece& above : upper.pieces)
        for (const Piece& below : lower.pieces) {
            const bool meet = above.first_column <= below.last_column && below.first_column <= above.last_column;
            if (!meet) continue;
            if (above.last_column > above.first_column || below.last_column > below.first_column) return false;
            // Lines of one head share an edge or their middle; a head over a group stands elsewhere.
            const double off = std::min({std::abs(above.left - below.left), std::abs(above.right - below.right),
                                         std::abs(above.left + above.right - below.left - below.right) / 2});
            if (off > kSameHeadEm * upper.size) return false;
        }
    return true;
}

class Joins {
public:
    Joins(const PageWords& page, std::span<const CutRow> rows, int columns)
        : page_(page), rows_(rows), columns_(columns), facts_(gather(page, rows)) {}

    const Facts& facts() const { return facts_; }

    // Is text row `i` + 1 of the same table row as text row `i`?
    bool join(std::size_t i) const {
        const CutRow& upper = rows_[i];
        const CutRow& lower = rows_[i + 1];
        if (upper.ruled_below) return false;
        const double pitch = facts_.pitches[i];
        if (pitch < kSameRowEm) return true;
        if (both_have_values(page_, upper, lower)) return false;
        if (i + 1 < facts_.head_end) return pitch <= kTightEm && head_goes_on(upper, lower);
        if (i + 1 == facts_.head_end) return false;
        const auto above = filled_columns(upper, columns_);
        const auto below = filled_columns(lower, columns_);
        if (has_span(upper) || has_span(lower)) return false;
        if (facts_.banded && pitch <= kTightEm) return true;
        const bool tight = pitch <= kTightEm && (!facts_.two_pitches || pitch <= facts_.tightest * kTightSlack);
        if (!tight) return false;
        if (facts_.two_pitches) return covers(above, below) || covers(below, above);
        return goes_on(above, below, lower) || goes_down(above, below, lower);
    }

private:
    // With one pitch for all rows only the emptiness of the lower row tells: wrapped text leaves the other columns empty.
    bool goes_on(const std::vector<char>& above, const std::vector<char>& below, const CutRow& lower) const {
        if (!covers(above, below) || has_values(page_, lower)) return false;
        const auto filled_above = std::count(above.begin(), above.end(), 1);
        const auto filled_below = std::count(below.begin(), below.end(), 1);
        if (filled_below >= filled_above) return false;
        return !below[0] || starts_lower(page_, lower);
    }

    // A label that wraps, with its values beside its last line.
    bool goes_down(const std::vector<char>& above, const std::vector<char>& below, const CutRow& lower) const {
        return std::count(above.begin(), above.end(), 1) == 1 && above[0] && below[0] && starts_lower(page_, lower);
    }

    const PageWords& page_;
    std::span<const CutRow> rows_;
    int columns_;
    Facts facts_;
};

bool share_columns(const CutRow& a, const CutRow& b) {
    for (const Piece& x : a.pieces)
        for (const Piece& y : b.pieces)
            if (x.first_column <= y.last_column && y.first_column <= x.last_column) return true;
    return false;
}

}  // namespace

bool has_values(const PageWords& page, const CutRow& row) {
    int texts = 0;
    int values = 0;
    for (const Piece& piece : row.pieces) {
        if (piece.first_column == 0) continue;
        ++texts;
        values += is_value(page, piece.words) && !is_year(page, piece);
    }
    return texts > 0 && values >= kNumericShare * texts;
}

std::vector<CutRow> lift_centered_labels(std::vector<CutRow> rows) {
    std::vector<CutRow> lifted;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        lifted.push_back(std::move(rows[i]));
        CutRow& upper = lifted.back();
        // The rows after this one that stand too close to be lines of their own and fill other columns.
        std::size_t end = i + 1;
        while (end < rows.size() && !rows[end - 1].ruled_below &&
               rows[end].baseline - (end == i + 1 ? upper : rows[end - 1]).baseline < kOwnLineEm * upper.size &&
               !share_columns(upper, rows[end]))
            ++end;
        if (end == i + 1 || end >= rows.size()) continue;
        const CutRow& lower = rows[end];
        bool between =
            share_columns(upper, lower) && lower.baseline - rows[end - 1].baseline < kOwnLineEm * upper.size && !upper.ruled_below;
        for (std::size_t row = i + 1; row < end; ++row) between = between && !share_columns(rows[row], lower);
        if (!between) continue;
        for (std::size_t row = i + 1; row < end; ++row)
            for (Piece& piece : rows[row].pieces) {
                upper.pieces.push_back(std::move(piece));
                upper.pieces.back().table_rows = 2;
            }
        std::stable_sort(upper.pieces.begin(), upper.pieces.end(),
                         [](const Piece& a, const Piece& b) { return a.first_column < b.first_column; });
        i = end - 1;
    }
    return lifted;
}

RowGroups group_rows(const PageWords& page, std::span<const CutRow> rows, int columns) {
    RowGroups groups;
    if (rows.empty()) return groups;
    const Joins joins(page, rows, columns);
    groups.first.push_back(0);
    for (std::size_t i = 0; i + 1 < rows.size(); ++i)
        if (!joins.join(i)) groups.first.push_back(static_cast<int>(i) + 1);
    for (int first : groups.first) groups.header_groups += first < static_cast<int>(joins.facts().head_end);
    return groups;
}

}  // namespace docwright::extract::tables
