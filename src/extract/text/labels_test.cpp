#include "extract/text/labels.h"

#include <gtest/gtest.h>

namespace docwright::extract {

namespace {

struct LabelCase {
    const char* says;
    std::u32string text;
    bool found;
    LabelKind kind = LabelKind::Bullet;
    int number = 0;
    std::uint32_t length = 0;
};

const LabelCase kLabelCases[] = {
    {"reads_a_bullet", U"• first point", true, LabelKind::Bullet, 0, 2},
    {"reads_a_dash", U"– first point", true, LabelKind::Bullet, 0, 2},
    {"reads_the_round_bullet_of_word_processors", U"o second level", true, LabelKind::Bullet, 0, 2},
    {"reads_a_bullet_of_a_symbol_font", U"\uF0B7 point", true, LabelKind::Bullet, 0, 2},
    {"reads_a_ticked_box", U"☑ done", true, LabelKind::CheckBox, 0, 2},
    {"reads_a_number_with_a_full_stop", U"12. twelfth", true, LabelKind::Decimal, 12, 4},
    {"reads_a_number_in_brackets", U"(3) third", true, LabelKind::Decimal, 3, 4},
    {"reads_a_letter", U"b) second", true, LabelKind::Letter, 2, 3},
    {"reads_a_roman_numeral", U"iv. fourth", true, LabelKind::Roman, 4, 4},
    {"reads_a_section_number", U"2.3.1 Results", true, LabelKind::Outline, 1, 6},
    {"takes_no_year_for_a_label", U"2019. The year", false},
    {"takes_no_bare_number_for_a_label", U"3 apples", false},
    {"takes_no_word_for_a_roman_numeral", U"mix. with water", false},
    {"needs_text_behind_the_label", U"1.", false},
    {"needs_a_gap_behind_the_label", U"-5 degrees", false},
};

class Labels : public testing::TestWithParam<LabelCase> {};

TEST_P(Labels, ) {
    const LabelCase& test = GetParam();
    const auto label = label_of(test.text);
    ASSERT_EQ(label.has_value(), test.found);
    if (!label) return;
    EXPECT_EQ(label->kind, test.kind);
    EXPECT_EQ(label->number, test.number);
    EXPECT_EQ(label->length, test.length);
}

INSTANTIATE_TEST_SUITE_P(, Labels, testing::ValuesIn(kLabelCases), [](auto& test) { return test.param.says; });

}  // namespace

TEST(RomanValue, reads_only_well_formed_numerals) {
    EXPECT_EQ(roman_value(U"XIV"), 14);
    EXPECT_EQ(roman_value(U"mcmxc"), 1990);
    EXPECT_EQ(roman_value(U"iiii"), 0);
    EXPECT_EQ(roman_value(U"dim"), 0);
    EXPECT_EQ(roman_value(U""), 0);
}

}  // namespace docwright::extract
