#include "extract/text/labels.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/roman_numeral.h"
#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

// What captions are called, in the languages most documents come in.
constexpr std::array<std::u32string_view, 31> kCaptionNames = {
    U"figure", U"fig",     U"table",   U"tab",       U"chart",   U"diagram",   U"exhibit",      U"plate",
    U"scheme", U"box",     U"map",     U"graph",     U"photo",   U"image",     U"illustration", U"abbildung",
    U"abb",    U"tabelle", U"tableau", U"graphique", U"figura",  U"tabla",     U"tabela",       U"tabella",
    U"cuadro", U"gráfico", U"рис",     U"рисунок",   U"таблица", U"algorithm", U"listing"};

// Longest numbers that are still labels: four digits are years, section numbers have at most six parts.
constexpr std::size_t kMostDigits = 3;
constexpr int kMostParts = 6;
constexpr std::size_t kMostRomanLetters = 7;  // xxxviii
constexpr int kMostRoman = 60;                // beyond it words: "mix", "dim", "di"
constexpr int kDecimalBase = 10;

constexpr std::u32string_view kBullets = U"•◦‣⁃▪▫■□●○◆◇♦►▶▸➢➤➔→❖✓✔✗✘★☆·∙⋅–—−-*»›§¤◾◽⬤";
constexpr std::u32string_view kEmptyBoxes = U"☐❏❑⬜";
constexpr std::u32string_view kFilledBoxes = U"☑☒✅";
// Bullets of Symbol and Wingdings as they come without a character map.
constexpr char32_t kPrivateFirst = 0xF020;
constexpr char32_t kPrivateLast = 0xF0FF;

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_lower(char32_t c) { return c >= U'a' && c <= U'z'; }
bool is_upper(char32_t c) { return c >= U'A' && c <= U'Z'; }
bool is_gap(char32_t c) { return c == U' ' || c == U'\t' || c == U'\u00A0'; }

char32_t closer_of(char32_t opener) { return opener == U'(' ? U')' : U']'; }

int roman_digit(char32_t c) {
    switch (c | 0x20) {
        case U'i': return 1;
        case U'v': return 5;
        case U'x': return 10;
        case U'l': return 50;
        case U'c': return 100;
        case U'd': return 500;
        case U'm': return 1000;
        default: return 0;
    }
}

struct Scanner {
    std::u32string_view text;
    std::size_t at = 0;

    char32_t peek(std::size_t ahead = 0) const { return at + ahead < text.size() ? text[at + ahead] : 0; }
    std::u32string_view take(bool (*wanted)(char32_t)) {
        const std::size_t first = at;
        while (at < text.size() && wanted(text[at])) ++at;
        return text.substr(first, at - first);
    }
};

int value_of(std::u32string_view digits) {
    int value = 0;
    for (char32_t c : digits) value = value * kDecimalBase + static_cast<int>(c - U'0');
    return value;
}

// "12", "2.3", "2.3.1": reads the parts, leaves a closing full stop.
bool scan_number(Scanner& scanner, Label& label) {
    std::u32string_view digits = scanner.take(is_digit);
    if (digits.empty() || digits.size() > kMostDigits) return false;
    label.kind = LabelKind::Decimal;
    label.number = value_of(digits);
    while (scanner.peek() == U'.' && is_digit(scanner.peek(1)) && label.depth < kMostParts) {
        ++scanner.at;
        digits = scanner.take(is_digit);
        if (digits.size() > kMostDigits) return false;
        label.number = value_of(digits);
        ++label.depth;
        label.kind = LabelKind::Outline;
    }
    return true;
}

// "a", "iv", "A", "IV"
bool scan_letters(Scanner& scanner, Label& label) {
    label.upper_case = is_upper(scanner.peek());
    std::u32string_view letters = scanner.take(label.upper_case ? is_upper : is_lower);
    if (letters.empty() || letters.size() > kMostRomanLetters) return false;
    const int roman = roman_value(letters);
    if (letters.size() == 1) {
        const char32_t letter = letters.front() | 0x20;
        const bool as_roman = letter == U'i' || letter == U'v' || letter == U'x';
        label.kind = as_roman ? LabelKind::Roman : LabelKind::Letter;
        label.number = as_roman ? roman : static_cast<int>(letter - U'a') + 1;
        return true;
    }
    label.kind = LabelKind::Roman;
    label.number = roman;
    return roman > 0 && roman <= kMostRoman;
}

std::optional<Label> numbered_label(std::u32string_view text) {
    Scanner scanner{.text = text};
    Label label;
    if (scanner.peek() == U'(' || scanner.peek() == U'[') label.opener = text[scanner.at++];
    const bool read = is_digit(scanner.peek()) ? scan_number(scanner, label) : scan_letters(scanner, label);
    if (!read) return std::nullopt;
    const char32_t next = scanner.peek();
    if (label.opener) {
        if (next != closer_of(label.opener)) return std::nullopt;
    } else if (next != U'.' && next != U')' && !(next == U':' && label.kind == LabelKind::Decimal)) {
        if (label.kind != LabelKind::Outline) return std::nullopt;
    }
    if (next == U'.' || next == U')' || next == U']' || next == U':') {
        label.closer = next;
        ++scanner.at;
    }
    label.shown = static_cast<std::uint32_t>(scanner.at);
    return label;
}

}  // namespace

bool is_bullet(char32_t code) {
    return kBullets.find(code) != std::u32string_view::npos || kEmptyBoxes.find(code) != std::u32string_view::npos ||
           kFilledBoxes.find(code) != std::u32string_view::npos || (code >= kPrivateFirst && code <= kPrivateLast);
}

int roman_value(std::u32string_view text) {
    int value = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int digit = roman_digit(text[i]);
        if (digit == 0) return 0;
        value += i + 1 < text.size() && roman_digit(text[i + 1]) > digit ? -digit : digit;
    }
    const auto is_letter_of = [](char32_t written, char usual) { return (written | 0x20) == static_cast<char32_t>(usual | 0x20); };
    return value > 0 && std::ranges::equal(text, roman_numeral(value), is_letter_of) ? value : 0;
}

std::optional<Label> label_of(std::u32string_view text) {
    std::optional<Label> label;
    if (!text.empty() && is_bullet(text.front())) {
        label = Label{.shown = 1};
        const bool filled = kFilledBoxes.find(text.front()) != std::u32string_view::npos;
        if (filled || kEmptyBoxes.find(text.front()) != std::u32string_view::npos) label->kind = LabelKind::CheckBox;
        label->checked = filled;
    } else if (text.size() > 1 && text.front() == U'o' && is_gap(text[1])) {
        label = Label{.shown = 1};  // the second-level bullet of word processors is a letter o
    } else {
        label = numbered_label(text);
    }
    if (!label) return std::nullopt;
    std::size_t end = label->shown;
    while (end < text.size() && is_gap(text[end])) ++end;
    if (end == label->shown || end == text.size()) return std::nullopt;
    label->length = static_cast<std::uint32_t>(end);
    return label;
}

std::u32string opening_of(const PageFacts& facts, const Line& line, std::size_t limit) {
    std::u32string out;
    for (const Word& word : line.words) {
        if (out.size() >= limit) break;
        if (!out.empty()) out.push_back(U' ');
        for (std::uint32_t i = word.first; i < word.first + word.count; ++i) out.push_back(facts.glyphs[line.glyphs[i]].code);
    }
    if (out.size() > limit) out.resize(limit);
    return out;
}

bool names_caption(std::u32string_view word) {
    std::u32string name(word);
    for (char32_t& code : name) code = lower(code);
    if (!name.empty() && name.back() == U'.') name.pop_back();
    return std::find(kCaptionNames.begin(), kCaptionNames.end(), name) != kCaptionNames.end();
}

}  // namespace docwright::extract
