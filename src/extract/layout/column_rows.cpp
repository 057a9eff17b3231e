#include "extract/layout/column_rows.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "extract/text/drop_caps.h"

namespace docwright::extract {

namespace {

// Baselines this close are one row.
constexpr double kSameRowEm = 0.3;
// A bold word in a line leaves it one style; a bold line has no more than a stray other glyph.
constexpr double kUniformShare = 0.95;
// Enough of a line to read any label and a "Label:" of a few words.
constexpr std::size_t kOpening = 48;
// Dots in a row that lead the eye to a page number; three are an ellipsis.
constexpr int kLeaderDots = 4;
// "Date of birth: …": more words before a colon are a sentence.
constexpr int kKeyWords = 4;
// A gap this wide after the first few words is a tab stop that the next lines may hang under.
constexpr std::size_t kTabWords = 3;
constexpr double kTabEm = 0.9;
// Places are compared in whole steps of these, so that jitter does not part equal ones.
constexpr double kPlaceStep = 2.0;    // points
constexpr double kLeadingStep = 0.5;  // points
// Baselines further apart than this are no leading of running text.
constexpr double kMostLeadingEm = 2.6;
constexpr double kLeastLeadingEm = 0.8;
// Beyond this leading is unusual and needs several pairs of lines that agree.
constexpr double kWideLeadingEm = 1.6;
constexpr double kAgreeingPairs = 3;
constexpr double kFullShare = 0.85;  // of the column: a line that did not end on purpose
constexpr double kSameSize = 0.95;

bool is_lower(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= U'ß' && c <= U'ÿ' && c != U'÷') || (c >= U'α' && c <= U'ω') || (c >= U'а' && c <= U'я');
}
bool is_sentence_end(char32_t c) {
    return c == U'.' || c == U'!' || c == U'?' || c == U':' || c == U'。' || c == U'？' || c == U'！' || c == U'؟';
}
bool is_closing(char32_t c) { return c == U')' || c == U'"' || c == U'”' || c == U'’' || c == U'\'' || c == U'»' || c == U']'; }
bool is_hyphen(char32_t c) { return c == U'-' || c == U'\u00AD' || c == U'\u2010'; }

bool is_colon(char32_t c) { return c == U':' || c == U'.'; }

// "Figure 1:", "Table 2."
bool is_caption_name(std::u32string_view text) {
    const std::size_t space = text.find(U' ');
    return space != std::u32string_view::npos && space + 1 < text.size() && text[0] >= U'A' && text[0] <= U'Z' && text[space + 1] >= U'0' &&
           text[space + 1] <= U'9';
}

bool starts_with_key(std::u32string_view opening) {
    int words = 1;
    for (std::size_t i = 0; i < opening.size(); ++i) {
        if (opening[i] == U' ' && ++words > kKeyWords) return false;
        if (opening[i] == U':') return i > 1 && i + 1 < opening.size() && opening[i + 1] == U' ';
        if (opening[i] == U'.' || opening[i] == U',') return false;
    }
    return false;
}

void read_ends(const PageFacts& facts, const Line& line, ColumnRow& row) {
    std::size_t at = line.glyphs.size();
    auto code = [&] { return facts.glyphs[line.glyphs[at - 1]].code; };
    if (at == 0) return;
    row.ends_hyphen = is_hyphen(code()) && at > 1;
    row.ends_comma = code() == U',' || code() == U';';
    auto raised = [&] { return !line.raised.empty() && line.raised[at - 1] != Raised::No; };
    while (at > 1 && (is_closing(code()) || raised())) --at;
    row.ends_sentence = is_sentence_end(code());
    double rule_start = 0;
    bool in_rule = false;
    for (std::uint32_t glyph : line.glyphs) {
        const Box& box = facts.glyphs[glyph].advance;
        const bool underscore = facts.glyphs[glyph].code == U'_';
        if (underscore && !in_rule) rule_start = box.left;
        if (underscore) row.underscored = std::max(row.underscored, box.right - rule_start);
        in_rule = underscore;
    }
    int dots = 0;
    for (std::uint32_t glyph : line.glyphs) {
        const char32_t c = facts.glyphs[glyph].code;
        dots = c == U'.' || c == U'·' || c == U'…' ? dots + 1 : 0;
        if (dots >= kLeaderDots) row.leaders = true;
    }
}

void read_start(const PageFacts& facts, const Line& line, const Atom& atom, ColumnRow& row) {
    const std::u32string opening = opening_of(facts, line, kOpening);
    row.label = label_of(opening);
    row.key_value = starts_with_key(opening);
    const std::size_t start = row.label ? row.label->length : 0;
    if (start < opening.size()) row.starts_lower = is_lower(opening[start]) && !row.label;
    const std::size_t words_before =
        static_cast<std::size_t>(std::count(opening.begin(), opening.begin() + static_cast<std::ptrdiff_t>(start), U' '));
    const double origin = line.box.left;
    if (!line.words.empty()) {
        row.first_word_width = line.words.front().box.width();
        row.text_left = atom.full.left;
        if (line.angle != 0) return;
        if (row.label && words_before < line.words.size()) {
            row.text_left = atom.full.left + line.words[words_before].box.left - origin;
        } else {  // "Figure 1:", then a gap to where all lines of the caption start
            for (std::size_t w = 1; w < line.words.size() && w <= kTabWords; ++w)
                if (line.words[w].box.left - line.words[w - 1].box.right >= kTabEm * line.size)
                    row.text_left = atom.full.left + line.words[w].box.left - origin;
        }
    }
}

void read_style(const PageFacts& facts, const Line& line, ColumnRow& row) {
    std::size_t same = 0, counted = 0;
    const FontIndex font = facts.styles[line.style].font;
    for (std::size_t i = 0; i < line.glyphs.size(); ++i) {
        if (!line.raised.empty() && line.raised[i] != Raised::No) continue;
        ++counted;
        if (facts.styles[facts.glyphs[line.glyphs[i]].style].font == font) ++same;
    }
    row.uniform = static_cast<double>(same) >= kUniformShare * static_cast<double>(counted);
    row.style = line.style;
    row.font = font;
    row.size = line.size;
}

// A label that a wide gap parts from its text.
void join_label(const PageFacts& facts, const Line& first, const Line& second, const Atom& atom, ColumnRow& row) {
    row.label = label_of(opening_of(facts, first, kOpening) + U" " + opening_of(facts, second, kOpening));
    const bool apart = row.label && row.label->shown == opening_of(facts, first, kOpening).size();
    if (!apart) row.label.reset();
    row.named = !apart && first.words.size() <= kTabWords && !first.glyphs.empty() && is_colon(facts.glyphs[first.glyphs.back()].code) &&
                is_caption_name(opening_of(facts, first, kOpening));
    if (!apart && !row.named) return;
    row.text_left = atom.full.left;
    row.starts_lower = false;
}

// Lines beside a drop cap are not indented: they start where its letter does.
void hang_under_drop_caps(const PageFacts& facts, std::span<const Line> lines, std::span<const Atom> atoms, std::vector<ColumnRow>& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Line& line = lines[atoms[rows[i].atoms.front()].index];
        if (line.glyphs.empty()) continue;
        const Glyph& first = facts.glyphs[line.glyphs.front()];
        if (facts.styles[first.style].size < kDropCapSize * line.size) continue;
        for (std::size_t next = i + 1; next < rows.size() && rows[next].baseline <= first.origin_y + line.size / 2; ++next)
            rows[next].box.left = std::min(rows[next].box.left, rows[i].box.left);
    }
}

template <class Key>
double most_frequent(const std::map<Key, double>& weights, double step) {
    double most = 0, found = 0;
    for (const auto& [key, weight] : weights) {
        if (weight <= most) continue;
        most = weight;
        found = static_cast<double>(key) * step;
    }
    return found;
}

}  // namespace

std::vector<ColumnRow> rows_of_column(const PageFacts& facts, std::span<const Line> lines, std::span<const Atom> atoms,
                                      std::span<const std::size_t> chosen) {
    std::vector<ColumnRow> rows;
    for (std::size_t index : chosen) {
        const Atom& atom = atoms[index];
        const Line& line = lines[atom.index];
        if (!rows.empty() && std::abs(rows.back().baseline - atom.baseline) <= kSameRowEm * std::min(rows.back().size, atom.size)) {
            ColumnRow& row = rows.back();
            if (row.atoms.size() == 1) join_label(facts, lines[atoms[row.atoms.front()].index], line, atom, row);
            row.atoms.push_back(index);
            row.box = joined(row.box, atom.full);
            read_ends(facts, line, row);
            continue;
        }
        ColumnRow& row = rows.emplace_back();
        row.atoms.push_back(index);
        row.box = atom.full;
        row.baseline = atom.baseline;
        read_style(facts, line, row);
        read_start(facts, line, atom, row);
        read_ends(facts, line, row);
    }
    hang_under_drop_caps(facts, lines, atoms, rows);
    return rows;
}

ColumnShape shape_of(std::span<const ColumnRow> rows, const Box& column) {
    ColumnShape shape{.left = column.left, .right = column.right};
    std::map<long, double> lefts, sizes, leadings, run_ons;
    std::map<FontIndex, double> fonts;
    std::size_t pairs = 0;
    for (const ColumnRow& row : rows) {
        sizes[std::lround(row.size / kLeadingStep)] += row.box.width();
        fonts[row.font] += row.box.width();
        lefts[std::lround(row.box.left / kPlaceStep)] += 1;
    }
    shape.size = most_frequent(sizes, kLeadingStep);
    shape.font = static_cast<FontIndex>(most_frequent(fonts, 1));
    shape.left = most_frequent(lefts, kPlaceStep);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const double size = std::max(rows[i].size, rows[i - 1].size);
        const double distance = rows[i].baseline - rows[i - 1].baseline;
        if (std::min(rows[i].size, rows[i - 1].size) < kSameSize * size || std::abs(size - shape.size) > kLeadingStep) continue;
        if (distance < kLeastLeadingEm * size || distance > kMostLeadingEm * size) continue;
        leadings[std::lround(distance / kLeadingStep)] += 1;
        const bool runs_on = rows[i].starts_lower && !rows[i - 1].ends_sentence && rows[i - 1].box.width() >= kFullShare * column.width();
        if (runs_on) run_ons[std::lround(distance / kLeadingStep)] += 1;
        ++pairs;
    }
    shape.leading = most_frequent(leadings, kLeadingStep);
    // Wide leading must be that of most lines, or within sentences, or it is the white between paragraphs of one line.
    const long step = std::lround(shape.leading / kLeadingStep);
    const double agreed = shape.leading > 0 ? leadings[step] : 0;
    const bool agree = agreed >= kAgreeingPairs && (2 * agreed >= static_cast<double>(pairs) || run_ons[step] >= kAgreeingPairs);
    if (shape.leading > kWideLeadingEm * shape.size && !agree) shape.leading = 0;
    return shape;
}

}  // namespace docwright::extract
