#include "extract/layout/line_numbers.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "extract/text/characters.h"
#include "extract/text/labels.h"

namespace docwright::extract {

namespace {

// "5", "FTLN 0115": a short mark and a number of up to six digits, nothing else.
constexpr std::size_t kLongest = 16;
constexpr std::size_t kMostDigits = 6;
constexpr int kTen = 10;
// Numbers of one column share an edge to within rounding.
constexpr double kSameEdgeEm = 0.35;
// Two numbers stand at one distance by chance; a number for every line is also what lists have, so it takes more of them, and
// the small print that tells them from the labels of a list.
constexpr std::size_t kLeastSparse = 3;
constexpr std::size_t kLeastDense = 5;
constexpr double kSmaller = 0.85;
// Editions count every fifth or tenth line where they do not count each.
constexpr int kFifth = 5;
// Baselines of a number and its line differ by the rounding of their sizes.
constexpr double kSameRowEm = 0.3;

struct Numbered {
    std::size_t atom = 0;
    std::u32string mark;
    int number = 0;
};

std::optional<Numbered> numbered(const PageFacts& facts, const Line& line, std::size_t atom) {
    const std::u32string text = opening_of(facts, line, kLongest + 1);
    if (text.empty() || text.size() > kLongest) return std::nullopt;
    std::size_t first = text.size();
    while (first > 0 && is_digit(text[first - 1])) --first;
    if (first == text.size() || text.size() - first > kMostDigits) return std::nullopt;
    Numbered out{.atom = atom, .mark = text.substr(0, first)};
    if (!std::all_of(out.mark.begin(), out.mark.end(), [](char32_t c) { return is_letter(c) || c == U' '; })) return std::nullopt;
    for (std::size_t i = first; i < text.size(); ++i) out.number = out.number * kTen + static_cast<int>(text[i] - U'0');
    return out;
}

struct Finder {
    std::span<const Atom> atoms;
    std::vector<bool> is_number;
    std::vector<double> baselines;  // of the rows of the text, from the top

    bool outside_text(const Box& box, bool at_left) const;
    bool counts_lines(std::span<const Numbered> column) const;
    double text_size() const;
    int rows_between(const Atom& above, const Atom& below) const;
};

// Beyond all else of the body on that side.
bool Finder::outside_text(const Box& box, bool at_left) const {
    for (std::size_t i = 0; i < atoms.size(); ++i)
        if (!is_number[i] && (at_left ? atoms[i].box.left < box.right : atoms[i].box.right > box.left)) return false;
    return true;
}

double Finder::text_size() const {
    std::vector<double> sizes;
    for (std::size_t i = 0; i < atoms.size(); ++i)
        if (!is_number[i] && atoms[i].kind == AtomKind::Line) sizes.push_back(atoms[i].size);
    if (sizes.empty()) return 0;
    const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
    std::nth_element(sizes.begin(), middle, sizes.end());
    return *middle;
}

// Rows of text below the row of one number, down to that of the next.
int Finder::rows_between(const Atom& above, const Atom& below) const {
    const auto first = std::upper_bound(baselines.begin(), baselines.end(), above.baseline + kSameRowEm * above.size);
    const auto last = std::upper_bound(baselines.begin(), baselines.end(), below.baseline + kSameRowEm * below.size);
    return static_cast<int>(last - first);
}

// Equal steps from line to line, with as many rows of text between them.
bool Finder::counts_lines(std::span<const Numbered> column) const {
    if (column.size() < kLeastSparse) return false;
    const int step = column[1].number - column[0].number;
    for (std::size_t i = 1; i < column.size(); ++i) {
        if (column[i].number - column[i - 1].number != step) return false;
        if (rows_between(atoms[column[i - 1].atom], atoms[column[i].atom]) < step) return false;
    }
    if (step == 1) return column.size() >= kLeastDense && atoms[column[0].atom].size <= kSmaller * text_size();
    return step > 0 && step % kFifth == 0 && column[0].number % step == 0;
}

// Columns of numbers with one mark and one edge.
std::vector<std::vector<Numbered>> columns_of(std::span<const Atom> atoms, std::vector<Numbered> found, bool by_left) {
    std::map<std::u32string, std::vector<Numbered>> by_mark;
    for (Numbered& number : found) by_mark[number.mark].push_back(std::move(number));
    auto edge = [&](const Numbered& number) { return by_left ? atoms[number.atom].box.left : atoms[number.atom].box.right; };
    std::vector<std::vector<Numbered>> columns;
    for (auto& [mark, group] : by_mark) {
        std::stable_sort(group.begin(), group.end(), [&](const Numbered& a, const Numbered& b) { return edge(a) < edge(b); });
        for (std::size_t i = 0; i < group.size(); ++i) {
            const double slack = kSameEdgeEm * atoms[group[i].atom].size;
            if (i == 0 || edge(group[i]) - edge(columns.back().back()) > slack) columns.emplace_back();
            columns.back().push_back(group[i]);
        }
    }
    for (auto& column : columns)
        std::stable_sort(column.begin(), column.end(),
                         [&](const Numbered& a, const Numbered& b) { return atoms[a.atom].baseline < atoms[b.atom].baseline; });
    return columns;
}

std::vector<double> rows_of_text(std::span<const Atom> atoms, const std::vector<bool>& is_number) {
    std::vector<double> all, rows;
    for (std::size_t i = 0; i < atoms.size(); ++i)
        if (atoms[i].kind == AtomKind::Line && !is_number[i]) all.push_back(atoms[i].baseline);
    std::sort(all.begin(), all.end());
    for (double baseline : all)
        if (rows.empty() || baseline - rows.back() > 1) rows.push_back(baseline);  // a point: no two rows are so close
    return rows;
}

}  // namespace

std::vector<NumberColumn> take_line_numbers(const PageFacts& facts, std::span<const Line> lines, std::vector<Atom>& atoms) {
    std::vector<Numbered> found;
    for (std::size_t i = 0; i < atoms.size(); ++i)
        if (atoms[i].kind == AtomKind::Line)
            if (auto number = numbered(facts, lines[atoms[i].index], i)) found.push_back(std::move(*number));
    std::vector<NumberColumn> out;
    if (found.size() < kLeastSparse) return out;
    Finder finder{.atoms = atoms, .is_number = std::vector<bool>(atoms.size(), false)};
    for (const Numbered& number : found) finder.is_number[number.atom] = true;
    finder.baselines = rows_of_text(atoms, finder.is_number);
    std::vector<bool> taken(atoms.size(), false);
    for (const bool by_left : {true, false}) {
        for (const auto& column : columns_of(atoms, found, by_left)) {
            if (taken[column[0].atom] || !finder.counts_lines(column)) continue;
            NumberColumn numbers{.box = atoms[column[0].atom].full};
            for (const Numbered& number : column) {
                numbers.box = joined(numbers.box, atoms[number.atom].full);
                numbers.lines.push_back(atoms[number.atom].index);
            }
            if (!finder.outside_text(numbers.box, true) && !finder.outside_text(numbers.box, false)) continue;
            for (const Numbered& number : column) taken[number.atom] = true;
            out.push_back(std::move(numbers));
        }
    }
    std::vector<Atom> rest;
    for (std::size_t i = 0; i < atoms.size(); ++i)
        if (!taken[i]) rest.push_back(atoms[i]);
    atoms = std::move(rest);
    return out;
}

}  // namespace docwright::extract
