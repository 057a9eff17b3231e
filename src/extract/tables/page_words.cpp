#include "extract/tables/page_words.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace docwright::extract::tables {
namespace {

constexpr double kLevelDegrees = 2;       // scans and sloppy exports tilt by a degree; more is turned on purpose
constexpr double kFarthestPoint = 1e6;    // no page is larger (200 inches are 14,400 points); beyond this it is damage
constexpr double kSameBaselineEm = 0.35;  // cells of one row differ less; two lines of text are at least 0.9 em apart
constexpr int kLongestMarker = 6;         // "(viii)"
constexpr int kLongestLabelNumber = 3;    // "12." may number an item; "1997." does not
constexpr double kShareOfDigits = 0.3;    // of the characters of a number's word: "1990-96*", "12.4%", "£33.1bn"

bool is_sane(const Box& box) {
    auto sane = [](double value) { return std::isfinite(value) && std::abs(value) < kFarthestPoint; };
    return sane(box.left) && sane(box.top) && sane(box.right) && sane(box.bottom) && !box.empty();
}

bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }
bool is_lower(char32_t code) { return (code >= U'a' && code <= U'z') || (code >= U'ß' && code <= U'ÿ' && code != U'÷'); }
bool is_upper(char32_t code) { return (code >= U'A' && code <= U'Z') || (code >= U'À' && code <= U'Þ' && code != U'×'); }
bool is_letter(char32_t code) { return is_lower(code) || is_upper(code) || code >= 0x100; }
bool is_dash(char32_t code) { return code == U'-' || (code >= U'‐' && code <= U'―') || code == U'−'; }
bool is_dot(char32_t code) { return code == U'.' || code == U'…' || code == U'·' || code == U'_'; }
bool is_bullet(char32_t code) {
    return code == U'•' || code == U'‣' || code == U'▪' || code == U'■' || code == U'●' || code == U'○' || code == U'◦' || code == U'·' ||
           code == U'□' || code == U'➢' || code == U'✓' || (code >= 0xF000 && code <= 0xF0FF);  // symbol fonts: private use
}

// Words that begin a caption: "Table 3", "Tableau 3", "Fig. 3". Compared without case and without trailing punctuation.
constexpr std::u32string_view kCaptionWords[] = {
    U"table",  U"tables", U"tableau", U"tabelle", U"tabella", U"tabla", U"tabela", U"tabell",  U"tabel", U"figure", U"fig",   U"abbildung",
    U"figura", U"chart",  U"graph",   U"box",     U"exhibit", U"annex", U"source", U"sources", U"note",  U"notes",  U"quelle"};

bool names_caption(std::u32string_view text) {
    std::u32string plain;
    for (char32_t code : text)
        if (is_letter(code)) plain.push_back(is_upper(code) ? code + 32 : code);
    return std::find(std::begin(kCaptionWords), std::end(kCaptionWords), plain) != std::end(kCaptionWords);
}

// Four digits from 1800 to 2099, alone or with a second year after a dash or slash.
bool is_year(std::u32string_view text) {
    constexpr std::size_t kDigits = 4;
    if (text.size() < kDigits || !std::all_of(text.begin(), text.begin() + kDigits, is_digit)) return false;
    const bool century = text.starts_with(U"18") || text.starts_with(U"19") || text.starts_with(U"20");
    if (!century || text.size() == kDigits) return century;
    const bool second = is_dash(text[kDigits]) || text[kDigits] == U'/';
    return !second ? text.size() == kDigits + 1 && !is_digit(text[kDigits]) && text[kDigits] != U'.' && text[kDigits] != U','
                   : std::all_of(text.begin() + kDigits + 1, text.end(), is_digit);
}

int whole_number(std::u32string_view text) {
    constexpr std::size_t kMostDigits = 4;
    if (text.empty() || text.size() > kMostDigits || !std::all_of(text.begin(), text.end(), is_digit)) return -1;
    int value = 0;
    for (char32_t digit : text) value = value * 10 + static_cast<int>(digit - U'0');
    return value;
}

bool is_currency(char32_t code) { return code == U'$' || code == U'€' || code == U'£' || code == U'¥'; }

// Leading dots that were set without a space behind their word end its box where the dots begin.
std::size_t without_leader(std::u32string_view text) {
    constexpr std::size_t kFewestDots = 3;
    std::size_t end = text.size();
    while (end > 0 && is_dot(text[end - 1])) --end;
    return end > 0 && text.size() - end >= kFewestDots ? end : text.size();
}

WordKind kind_of(std::u32string_view text) {
    const auto length = static_cast<double>(text.size());
    const auto digits = std::count_if(text.begin(), text.end(), is_digit);
    const auto letters = std::count_if(text.begin(), text.end(), is_letter);
    if (std::all_of(text.begin(), text.end(), is_dot)) return text == U"·" ? WordKind::Marker : WordKind::Leader;
    if (text.size() == 1 && is_bullet(text[0])) return WordKind::Marker;
    if (std::all_of(text.begin(), text.end(), is_dash) || text == U":" || text == U"*" || text == U"n.a." || text == U"N/A" ||
        text == U"n/a")
        return WordKind::Dash;
    const char32_t last = text.back();
    const bool marked = last == U'.' || last == U')' || last == U']';
    if (marked && text.size() <= kLongestMarker && digits <= kLongestLabelNumber && (digits == 0 || letters == 0)) {
        const bool opened = text[0] == U'(' || text[0] == U'[';
        const auto inner = static_cast<std::ptrdiff_t>(text.size()) - 1 - (opened ? 1 : 0);
        if (inner > 0 && (digits == inner || (letters == 1 && inner == 1)))
            return last == U')' && opened && digits > 1 ? WordKind::Number : WordKind::Marker;
    }
    const bool named = is_letter(text.front()) && std::none_of(text.begin(), text.end(), is_currency);  // "EU-15", "Q1", "A4"
    if (digits > 0 && !named && letters <= digits && static_cast<double>(digits) >= kShareOfDigits * length) return WordKind::Number;
    return WordKind::Text;
}

PageWord flatten(const PageFacts& facts, const Line& line, std::uint32_t line_index, std::uint32_t word_index) {
    const Word& word = line.words[word_index];
    PageWord flat{.line = line_index, .word = word_index, .box = word.box, .baseline = line.baseline, .size = line.size};
    std::u32string text;
    bool first = true;
    for (std::uint32_t i = word.first; i < word.first + word.count && i < line.glyphs.size(); ++i) {
        if (line.glyphs[i] >= facts.glyphs.size()) continue;
        const Glyph& glyph = facts.glyphs[line.glyphs[i]];
        text.push_back(glyph.code);
        for (std::uint32_t k = 0; k < glyph.further_count && glyph.first_further + k < facts.further.size(); ++k)
            text.push_back(facts.further[glyph.first_further + k]);
        if (first && glyph.style < facts.styles.size()) flat.font = facts.styles[glyph.style].font;
        if (first) flat.marked_content = glyph.marked_content;
        first = false;
    }
    if (const std::size_t end = without_leader(text); end < text.size()) {
        const std::uint32_t last = word.first + static_cast<std::uint32_t>(end) - 1;
        if (last < line.glyphs.size() && line.glyphs[last] < facts.glyphs.size())
            flat.box.right = facts.glyphs[line.glyphs[last]].advance.right;
        text.resize(end);
    }
    if (!text.empty()) {
        flat.kind = kind_of(text);
        flat.joins_next = std::all_of(text.begin(), text.end(), is_currency);
        flat.joins_previous = text == U"%" || text == U")";
        flat.whole_number = whole_number(text);
        flat.year = is_year(text);
        flat.names_caption = names_caption(text);
        flat.starts_lower = is_lower(text.front());
        flat.ends_colon = text.back() == U':';
        flat.ends_sentence = text.back() == U'.' || text.back() == U';';
    }
    flat.level = std::abs(line.angle) <= kLevelDegrees && std::isfinite(line.baseline) && line.size > 0;
    return flat;
}

void add_segments(TextRow& row, const PageWords& page, std::vector<std::uint32_t> words, double segment_gap_em) {
    std::stable_sort(words.begin(), words.end(), [&](auto a, auto b) { return page.words[a].box.left < page.words[b].box.left; });
    row.box = page.words[words.front()].box;
    std::vector<double> sizes;
    for (std::uint32_t index : words) {
        row.box = joined(row.box, page.words[index].box);
        sizes.push_back(page.words[index].size);
    }
    row.size = median(std::move(sizes));
    for (std::uint32_t index : words) {
        const Box& box = page.words[index].box;
        const bool cut = !row.segments.empty() &&
                         white_between(page.words[row.segments.back().words.back()], page.words[index]) > segment_gap_em * row.size;
        if (row.segments.empty() || (cut && box.left - row.segments.back().right > segment_gap_em * row.size))
            row.segments.push_back({.left = box.left, .right = box.right});
        row.segments.back().words.push_back(index);
        row.segments.back().right = std::max(row.segments.back().right, box.right);
    }
}

}  // namespace

double white_between(const PageWord& before, const PageWord& after) {
    const bool one = (before.joins_next && (after.kind == WordKind::Number || after.kind == WordKind::Dash)) ||
                     (after.joins_previous && (before.kind == WordKind::Number || before.kind == WordKind::Dash));
    return one ? 0 : after.box.left - before.box.right;
}

bool is_value(const PageWords& page, std::span<const std::uint32_t> words) {
    const auto values = std::count_if(words.begin(), words.end(), [&](std::uint32_t index) {
        const PageWord& word = page.words[index];
        return word.kind == WordKind::Number || word.kind == WordKind::Dash || word.joins_next || word.joins_previous;
    });
    return values * 2 > static_cast<std::ptrdiff_t>(words.size());
}

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

PageWords flatten_words(const PageFacts& facts, std::span<const Line> lines) {
    PageWords page;
    page.words_of_line.resize(lines.size(), 0);
    std::vector<double> sizes;
    for (std::uint32_t line = 0; line < lines.size(); ++line) {
        for (std::uint32_t word = 0; word < lines[line].words.size(); ++word) {
            PageWord flat = flatten(facts, lines[line], line, word);
            if (!is_sane(flat.box)) continue;
            if (flat.level) sizes.push_back(flat.size);
            page.words.push_back(flat);
            ++page.words_of_line[line];
        }
    }
    if (!sizes.empty()) page.body_size = median(std::move(sizes));
    page.by_center_y.resize(page.words.size());
    std::iota(page.by_center_y.begin(), page.by_center_y.end(), 0U);
    std::stable_sort(page.by_center_y.begin(), page.by_center_y.end(),
                     [&](auto a, auto b) { return page.words[a].box.center_y() < page.words[b].box.center_y(); });
    return page;
}

std::vector<TextRow> build_rows(const PageWords& page, std::span<const std::uint32_t> words, double segment_gap_em) {
    std::vector<std::uint32_t> order;
    for (std::uint32_t index : words)
        if (page.words[index].level && page.words[index].kind != WordKind::Leader) order.push_back(index);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return page.words[a].baseline < page.words[b].baseline; });
    std::vector<TextRow> rows;
    std::vector<std::uint32_t> open;
    double first_baseline = 0;
    auto close = [&] {
        if (open.empty()) return;
        TextRow row{.baseline = first_baseline};
        add_segments(row, page, std::move(open), segment_gap_em);
        rows.push_back(std::move(row));
        open = {};
    };
    for (std::uint32_t index : order) {
        const PageWord& word = page.words[index];
        if (!open.empty() && word.baseline - first_baseline > kSameBaselineEm * std::min(word.size, page.words[open.front()].size)) close();
        if (open.empty()) first_baseline = word.baseline;
        open.push_back(index);
    }
    close();
    return rows;
}

std::vector<std::uint32_t> words_inside(const PageWords& page, const Box& box) {
    auto first = std::partition_point(page.by_center_y.begin(), page.by_center_y.end(),
                                      [&](auto index) { return page.words[index].box.center_y() < box.top; });
    std::vector<std::uint32_t> inside;
    for (; first != page.by_center_y.end() && page.words[*first].box.center_y() <= box.bottom; ++first)
        if (const double x = page.words[*first].box.center_x(); x >= box.left && x <= box.right) inside.push_back(*first);
    return inside;
}

}  // namespace docwright::extract::tables
