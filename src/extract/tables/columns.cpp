#include "extract/tables/columns.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace docwright::extract::tables {
namespace {

constexpr double kWordGapEm = 0.45;       // words closer than this are one text: a space is 0.25 em, of justified lines up to 0.4
constexpr double kNarrowestEm = 0.5;      // of a gutter over all rows: tight tables leave a little more than two spaces
constexpr double kNarrowestSureEm = 0.3;  // of a gutter that many rows leave open and none runs over
constexpr int kSureRows = 5;
constexpr double kAtEdgeEm = 0.12;     // a word that begins where the next column begins, after the least white there is
constexpr double kTypicalGapEm = 0.8;  // the median row leaves at least so much white at a gutter
constexpr double kCrossedShare = 0.2;  // of the rows may run over a gutter: spanning heads and section rows
constexpr double kFullRow = 0.7;       // of the most texts that a row has
constexpr std::size_t kFewestFullRows = 2;
constexpr std::size_t kMostGutters = 500;  // no page shows more columns; a line of dots may look so
constexpr int kRowsPerColumn = 2;          // a column has text in at least two rows, or it is a stray word

struct Extent {
    double left;
    double right;
    std::size_t row;
    bool full_row = false;  // its row has about as many texts as the fullest
};

// The texts of each row: words without a gap between them that could be a gutter.
std::vector<Extent> texts_of(const PageWords& page, std::span<const TextRow> rows) {
    std::vector<Extent> texts;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const PageWord* before = nullptr;
        for (const Segment& segment : rows[row].segments) {
            for (std::uint32_t index : segment.words) {
                const PageWord& word = page.words[index];
                if (!before || white_between(*before, word) > kWordGapEm * rows[row].size)
                    texts.push_back({word.box.left, word.box.right, row});
                texts.back().right = std::max(texts.back().right, word.box.right);
                before = &word;
            }
        }
    }
    return texts;
}

// Strips of x that at most `allowed` texts cover, between the outermost texts.
std::vector<Gutter> open_strips(const std::vector<Extent>& texts, int allowed) {
    std::vector<std::pair<double, int>> events;
    for (const Extent& text : texts) {
        events.emplace_back(text.left, 1);
        events.emplace_back(text.right, -1);
    }
    std::sort(events.begin(), events.end());
    std::vector<Gutter> strips;
    int depth = 0;
    double opened = 0;
    bool open = false;
    bool seen = false;
    for (const auto& [x, change] : events) {
        depth += change;
        if (depth > allowed) {
            if (open && x > opened) strips.push_back({.left = opened, .right = x});
            open = false;
            seen = true;
        } else if (seen && !open) {
            open = true;
            opened = x;
        }
    }
    return strips;
}

// A strip that some texts cover: those that run right over it are spans, those that end in it narrow it or split it. A text of a
// row with few texts (a head over a group, a section) ends where it likes; it counts only when it stands in the strip as a whole.
void split_strip(const Gutter& strip, const std::vector<Extent>& texts, std::vector<Gutter>& out) {
    std::vector<std::pair<double, double>> inside;
    for (const Extent& text : texts) {
        if (text.right <= strip.left || text.left >= strip.right) continue;
        const bool starts = text.left >= strip.left;
        const bool ends = text.right <= strip.right;
        if ((starts && ends) || (text.full_row && (starts || ends))) inside.emplace_back(text.left, text.right);
    }
    std::sort(inside.begin(), inside.end());
    double from = strip.left;
    for (const auto& [left, right] : inside) {
        if (left > from) out.push_back({.left = from, .right = left});
        from = std::max(from, right);
    }
    if (strip.right > from) out.push_back({.left = from, .right = strip.right});
}

// Counts the rows that leave the strip white and those that run over it; gives the median white at the strip.
double count_rows(Gutter& gutter, const std::vector<Extent>& texts, std::span<const TextRow> rows) {
    std::vector<double> gaps;
    const double center = gutter.center();
    for (std::size_t i = 0; i < texts.size();) {
        const std::size_t row = texts[i].row;
        double before = -1;
        double after = -1;
        bool crossed = false;
        for (; i < texts.size() && texts[i].row == row; ++i) {
            if (texts[i].right <= center)
                before = texts[i].right;
            else if (texts[i].left >= center)
                after = after < 0 ? texts[i].left : after;
            else
                crossed = true;
        }
        if (crossed)
            ++gutter.rows_crossed;
        else if (before >= 0 && after >= 0) {
            ++gutter.rows_open;
            gaps.push_back((after - before) / std::max(rows[row].size, 1.0));
        }
    }
    return median(std::move(gaps));
}

// Rows with white that could be a gutter. One text alone says nothing about columns, and may span all of them.
std::vector<Extent> of_rows_with_gaps(const std::vector<Extent>& texts) {
    std::vector<Extent> found;
    for (std::size_t i = 0; i < texts.size();) {
        std::size_t end = i;
        while (end < texts.size() && texts[end].row == texts[i].row) ++end;
        if (end - i > 1)
            found.insert(found.end(), texts.begin() + static_cast<std::ptrdiff_t>(i), texts.begin() + static_cast<std::ptrdiff_t>(end));
        i = end;
    }
    return found;
}

// Marks the texts of rows that have about as many texts as the fullest; gives only those.
std::vector<Extent> of_full_rows(std::vector<Extent>& texts) {
    std::size_t most = 0;
    auto each_row = [&](auto take) {
        for (std::size_t i = 0; i < texts.size();) {
            std::size_t end = i;
            while (end < texts.size() && texts[end].row == texts[i].row) ++end;
            take(i, end);
            i = end;
        }
    };
    each_row([&](std::size_t from, std::size_t to) { most = std::max(most, to - from); });
    std::size_t full_rows = 0;
    each_row(
        [&](std::size_t from, std::size_t to) { full_rows += static_cast<double>(to - from) >= kFullRow * static_cast<double>(most); });
    const bool enough = full_rows >= kFewestFullRows;
    std::vector<Extent> full;
    each_row([&](std::size_t from, std::size_t to) {
        if (enough && static_cast<double>(to - from) < kFullRow * static_cast<double>(most)) return;
        for (std::size_t i = from; i < to; ++i) {
            texts[i].full_row = true;
            full.push_back(texts[i]);
        }
    });
    return full;
}

// For each column: rows with a text that stands in it as a whole.
std::vector<int> rows_per_column(const std::vector<Gutter>& gutters, const std::vector<Extent>& texts) {
    std::vector<int> counts(gutters.size() + 1, 0);
    std::vector<std::size_t> last_row(gutters.size() + 1, SIZE_MAX);
    auto column_of = [&](double x) {
        return static_cast<std::size_t>(
            std::partition_point(gutters.begin(), gutters.end(), [&](const Gutter& gutter) { return gutter.center() < x; }) -
            gutters.begin());
    };
    for (const Extent& text : texts) {
        const std::size_t column = column_of(text.left);
        if (column != column_of(text.right) || last_row[column] == text.row) continue;
        last_row[column] = text.row;
        ++counts[column];
    }
    return counts;
}

// Takes out the narrower gutter beside a column that too few rows fill.
void drop_stray_columns(std::vector<Gutter>& gutters, const std::vector<Extent>& texts, int least_rows) {
    for (bool changed = true; changed && !gutters.empty();) {
        changed = false;
        const std::vector<int> counts = rows_per_column(gutters, texts);
        for (std::size_t column = 0; column <= gutters.size() && !changed; ++column) {
            const int filled = counts[column];
            if (filled >= least_rows) continue;
            const bool has_left = column > 0 && !gutters[column - 1].drawn;
            const bool has_right = column < gutters.size() && !gutters[column].drawn;
            if (!has_left && !has_right) continue;
            const bool drop_left = has_left && (!has_right || gutters[column - 1].width() <= gutters[column].width());
            gutters.erase(gutters.begin() + static_cast<std::ptrdiff_t>(drop_left ? column - 1 : column));
            changed = true;
        }
    }
}

}  // namespace

std::vector<Gutter> find_gutters(const PageWords& page, std::span<const TextRow> rows, std::span<const double> walls) {
    const std::vector<Extent> all = texts_of(page, rows);
    std::vector<Extent> texts = of_rows_with_gaps(all);
    if (texts.empty()) return {};
    const std::vector<Extent> full = of_full_rows(texts);
    std::size_t core_rows = 0;
    std::vector<double> sizes;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (i > 0 && texts[i].row == texts[i - 1].row) continue;
        ++core_rows;
        sizes.push_back(rows[texts[i].row].size);
    }
    const double size = median(std::move(sizes));
    std::size_t full_rows = 0;
    for (std::size_t i = 0; i < full.size(); ++i) full_rows += i == 0 || full[i].row != full[i - 1].row;
    std::vector<Gutter> strips;
    for (const Gutter& strip : open_strips(full, static_cast<int>(kCrossedShare * static_cast<double>(full_rows))))
        split_strip(strip, texts, strips);
    if (strips.size() > kMostGutters) return {};
    std::vector<Gutter> gutters;
    for (Gutter& strip : strips) {
        const double typical = count_rows(strip, texts, rows);
        strip.drawn = std::any_of(walls.begin(), walls.end(), [&](double wall) {
            return wall > strip.left - kNarrowestEm * size && wall < strip.right + kNarrowestEm * size;
        });
        const int least_open = core_rows > 2 ? 2 : 1;
        if (strip.rows_open < least_open || strip.rows_open < 2 * strip.rows_crossed) continue;
        const bool sure = strip.rows_open >= kSureRows && strip.rows_crossed == 0;
        if (!strip.drawn && (strip.width() < (sure ? kNarrowestSureEm : kNarrowestEm) * size || typical < kTypicalGapEm)) continue;
        gutters.push_back(strip);
    }
    drop_stray_columns(gutters, all, core_rows > 2 ? kRowsPerColumn : 1);
    return gutters;
}

std::vector<Piece> cut_row(const PageWords& page, const TextRow& row, std::span<const Gutter> gutters) {
    auto column_at = [&](double x) {
        return static_cast<int>(std::count_if(gutters.begin(), gutters.end(), [&](const Gutter& gutter) { return gutter.center() < x; }));
    };
    // White between two words is a cut if a gutter stands in it and it is wider than a word space, or as wide as the gutter.
    auto cuts_between = [&](const PageWord& before, const PageWord& after) {
        const double white = white_between(before, after);
        return std::any_of(gutters.begin(), gutters.end(), [&](const Gutter& gutter) {
            const bool at_edge = before.box.right < gutter.right && std::abs(after.box.left - gutter.right) <= kAtEdgeEm * row.size &&
                                 gutter.rows_open >= kSureRows;
            if (at_edge && white >= kAtEdgeEm * row.size) return true;
            if (gutter.center() < before.box.right || gutter.center() > after.box.left) return false;
            return gutter.drawn || white >= std::min(kWordGapEm * row.size, gutter.width());
        });
    };
    std::vector<Piece> pieces;
    const PageWord* before = nullptr;
    for (const Segment& segment : row.segments) {
        for (std::uint32_t index : segment.words) {
            const PageWord& word = page.words[index];
            if (!before || cuts_between(*before, word)) pieces.push_back({.left = word.box.left, .right = word.box.right});
            pieces.back().words.push_back(index);
            pieces.back().right = std::max(pieces.back().right, word.box.right);
            before = &word;
        }
    }
    for (Piece& piece : pieces) {
        piece.first_column = column_at(std::min(piece.left + row.size * kNarrowestEm, (piece.left + piece.right) / 2));
        piece.last_column = column_at(std::max(piece.right - row.size * kNarrowestEm, (piece.left + piece.right) / 2));
    }
    return pieces;
}

}  // namespace docwright::extract::tables
