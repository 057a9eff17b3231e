#include "base/utf8.h"

#include <gtest/gtest.h>

#include <vector>

namespace docwright {
namespace {

struct BrokenCase {
    const char* says;
    std::string bytes;
    std::u32string text;
};
const BrokenCase kBrokenCases[] = {
    {"a_byte_that_only_goes_on", "a\x80z", U"a\xFFFDz"},
    {"a_sequence_cut_by_the_end", "a\xE2\x82", U"a\xFFFD\xFFFD"},
    {"a_sequence_cut_by_a_letter", "\xE2\x82z", U"\xFFFD\xFFFDz"},
    {"two_bytes_where_one_would_do", "\xC0\xAF", U"\xFFFD\xFFFD"},
    {"three_bytes_where_two_would_do", "\xE0\x9F\xBF", U"\xFFFD\xFFFD\xFFFD"},
    {"four_bytes_where_three_would_do", "\xF0\x8F\xBF\xBF", U"\xFFFD\xFFFD\xFFFD\xFFFD"},
    {"a_surrogate", "\xED\xA0\x80", U"\xFFFD\xFFFD\xFFFD"},
    {"a_code_above_the_last", "\xF4\x90\x80\x80", U"\xFFFD\xFFFD\xFFFD\xFFFD"},
    {"a_lead_byte_of_five", "\xF8z", U"\xFFFDz"},
};
class BrokenUtf8 : public testing::TestWithParam<BrokenCase> {};
TEST_P(BrokenUtf8, becomes_one_replacement_a_byte) {
    EXPECT_EQ(code_points_of(GetParam().bytes), GetParam().text);
    EXPECT_FALSE(is_utf8(GetParam().bytes));
    EXPECT_TRUE(is_utf8(utf8_of(code_points_of(GetParam().bytes))));
}
INSTANTIATE_TEST_SUITE_P(, BrokenUtf8, testing::ValuesIn(kBrokenCases), [](const auto& test) { return test.param.says; });

TEST(Utf8, reads_and_writes_the_first_and_the_last_character_of_every_length) {
    const std::u32string ends = {U'\0', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    EXPECT_EQ(code_points_of(utf8_of(ends)), ends);
    EXPECT_EQ(utf8_of(ends).size(), 2U * 1 + 2 * 2 + 4 * 3 + 2 * 4);
    EXPECT_TRUE(is_utf8(utf8_of(ends)));
}

TEST(Utf8, writes_a_replacement_for_what_is_no_character) {
    EXPECT_EQ(utf8_of(std::u32string{0xD800, 0xDFFF, 0x110000, 0xFFFFFFFF}), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Utf8, cuts_before_a_sequence_that_does_not_fit) {
    EXPECT_EQ(cut_utf8("ab\xE2\x82\xAC", 5), "ab\xE2\x82\xAC");
    EXPECT_EQ(cut_utf8("ab\xE2\x82\xAC", 4), "ab");
    EXPECT_EQ(cut_utf8("ab\xE2\x82\xAC", 2), "ab");
    EXPECT_EQ(cut_utf8("\x80\x80", 1), "");
}

}  // namespace
}  // namespace docwright
