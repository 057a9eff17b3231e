#include "docgen/pictures/number_picture.h"

#include <gtest/gtest.h>

#include <string>

namespace docwright::docgen {
namespace {

std::string shown(const char* number, const char* picture) { return show_number(parse_decimal(number).value(), picture); }

struct Case {
    const char* number;
    const char* picture;
    const char* text;
};

class NumberPictures : public ::testing::TestWithParam<Case> {};

TEST_P(NumberPictures, show) { EXPECT_EQ(shown(GetParam().number, GetParam().picture), GetParam().text) << GetParam().picture; }

// Seen on the live service, or said by Word's rules (contract/docgen.md, 6.1).
INSTANTIATE_TEST_SUITE_P(Money, NumberPictures,
                         ::testing::Values(Case{"1560", "$#,##0.00", "$1,560.00"}, Case{"195", "$#,##0.00", "$ 195.00"},
                                           Case{"184.8", "$#,##0.00", "$ 184.80"}, Case{"5", "$#,##0.00", "$   5.00"},
                                           Case{"-1234.5", "$#,##0.00", "-$1,234.50"}, Case{"1234567.891", "€#,##0.00", "€1,234,567.89"},
                                           Case{"-1234.5", "$#,##0.00;($#,##0.00)", "($1,234.50)"},
                                           Case{"-12", "$#,##0.00;-$#,##0.00;\"-\"", "-$  12.00"},
                                           Case{"0", "$#,##0.00;-$#,##0.00;\"-\"", "-"}, Case{"12", "#,##0.00 'EUR'", "  12.00 EUR"}));
INSTANTIATE_TEST_SUITE_P(Digits, NumberPictures,
                         ::testing::Values(Case{"7", "000", "007"}, Case{"12345", "000", "12345"}, Case{"7", "###", "  7"},
                                           Case{"15", "$###", "$ 15"}, Case{"111492", "x##", "492"}, Case{"0.125678", "0.00x", "0.126"},
                                           Case{"0.75", "x.##", "0.75"}, Case{"2.5", "00.00", "02.50"}, Case{"5", "0,000", "0,005"},
                                           Case{"5", "0.###", "5"}, Case{"5.5", "0.###", "5.5"}, Case{"5.12345", "0.###", "5.123"},
                                           Case{"1234567", "0", "1234567"}, Case{"0", "#", " "}));
INSTANTIATE_TEST_SUITE_P(Signs, NumberPictures,
                         ::testing::Values(Case{"3", "+0.0", "+3.0"}, Case{"-3", "+0.0", "-3.0"}, Case{"0", "+0.0", " 0.0"},
                                           Case{"3", "-0", " 3"}, Case{"-3", "-0", "-3"}, Case{"-0.001", "0.00", "0.00"},
                                           Case{"-3", "0", "-3"}));
INSTANTIATE_TEST_SUITE_P(Literals, NumberPictures,
                         ::testing::Values(Case{"0.08", "0.00%", "0.08%"}, Case{"8", "0%", "8%"}, Case{"8", "'approx. '0", "approx. 8"},
                                           Case{"8", "abc", "abc"}, Case{"8", "Nr. 0", "Nr. 8"}, Case{"8", "0 `table`", "8 "}));
INSTANTIATE_TEST_SUITE_P(Rounding, NumberPictures,
                         ::testing::Values(Case{"2.675", "0.00", "2.68"}, Case{"-2.675", "0.00", "-2.68"}, Case{"0.5", "0", "1"},
                                           Case{"999.995", "#,##0.00", "1,000.00"}, Case{"1e3", "0", "1000"}));

TEST(Decimals, are_read_as_json_writes_them) {
    EXPECT_EQ(plain_text(parse_decimal("195.00").value()), "195");
    EXPECT_EQ(plain_text(parse_decimal("-0.080").value()), "-0.08");
    EXPECT_EQ(plain_text(parse_decimal("1.5e-3").value()), "0.0015");
    EXPECT_EQ(plain_text(parse_decimal("007").value()), "7");
    for (const char* none : {"", "-", ".", "1.2.3", "1e", "1e999999999", "0x10", "1 2", "e5"}) EXPECT_FALSE(parse_decimal(none)) << none;
}

TEST(Decimals, are_found_in_what_a_reader_takes_for_a_number) {
    for (auto [text, plain] : {std::pair("$1,500.00", "1500"), std::pair("(12.5)", "-12.5"), std::pair("- 5 %", "-5"),
                               std::pair("1 234 €", "1234"), std::pair("\u22123", "-3"), std::pair("£ 7", "7"), std::pair("(3%)", "-3")}) {
        ASSERT_TRUE(number_in(text)) << text;
        EXPECT_EQ(plain_text(*number_in(text)), plain) << text;
    }
    for (const char* none : {"", "$", "Q1 2024", "12 items", "1-2", "(5", "5)", "1.2,3", "%"}) EXPECT_FALSE(number_in(none)) << none;
}

TEST(Decimals, are_exact) {
    const Decimal tenth = *parse_decimal("0.1");
    Decimal total;
    for (int i = 0; i < 10; ++i) total = sum(total, tenth);
    EXPECT_EQ(plain_text(total), "1");
    EXPECT_EQ(plain_text(product(*parse_decimal("1.05"), *parse_decimal("-2.5"))), "-2.625");
    EXPECT_EQ(plain_text(rounded(quotient(*parse_decimal("1"), *parse_decimal("-3")), 4)), "-0.3333");
    EXPECT_TRUE(less(*parse_decimal("-1.1"), *parse_decimal("-1.09")));
}

}  // namespace
}  // namespace docwright::docgen
