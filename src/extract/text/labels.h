// List labels at the start of a line or text: bullets, check boxes, numbers, letters, roman numerals, section numbers.
// Lengths count code points. Fails: never; text without a label gives none. Cost: linear in the label.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/page/line.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

enum class LabelKind : std::uint8_t { Bullet, CheckBox, Decimal, Letter, Roman, Outline };

struct Label {
    LabelKind kind = LabelKind::Bullet;
    std::uint32_t shown = 0;   // code points of the label itself
    std::uint32_t length = 0;  // with the gap behind it
    int number = 0;            // value of the last part: 3 for "c)" and "2.3"
    int depth = 1;             // parts: 2 for "2.3"
    char32_t opener = 0;       // '(' or '[', 0: none
    char32_t closer = 0;       // '.', ')', ']' or ':', 0: none
    bool upper_case = false;
    bool checked = false;  // CheckBox
};

// The label that the text starts with and that something else follows.
std::optional<Label> label_of(std::u32string_view text);

// A bullet or check box by itself.
bool is_bullet(char32_t code);

// Value of a roman numeral of one case, 0 if it is none.
int roman_value(std::u32string_view text);

// Whether the word is one that captions start with: "Figure", "Tab.", in the languages most documents come in.
bool names_caption(std::u32string_view word);

// The first code points of a line, words parted by a space.
std::u32string opening_of(const PageFacts& facts, const Line& line, std::size_t limit);

}  // namespace docwright::extract
