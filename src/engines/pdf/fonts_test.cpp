#include "engines/pdf/fonts.h"

#include <gtest/gtest.h>

namespace docwright {
namespace {

struct SubstituteCase {
    const char* says;
    FontWish wish;
    FontStyle style;
};
void PrintTo(const SubstituteCase& each, std::ostream* out) { *out << each.says; }
const SubstituteCase kSubstitutes[] = {
    {"Arial_is_Sans", {"Arial"}, {FontFamily::Sans, false, false}},
    {"Arial_bold_by_name", {"Arial-BoldMT"}, {FontFamily::Sans, true, false}},
    {"Helvetica_oblique_by_name", {"Helvetica-BoldOblique"}, {FontFamily::Sans, true, true}},
    {"Times_with_a_style_after_a_comma", {"Times New Roman,Italic"}, {FontFamily::Serif, false, true}},
    {"a_subset_tag_is_not_part_of_the_name", {"ABCDEF+TimesNewRomanPS-BoldItalicMT"}, {FontFamily::Serif, true, true}},
    {"Courier_is_Mono", {"CourierNewPSMT"}, {FontFamily::Mono, false, false}},
    {"Calibri_is_Carlito", {"Calibri-Bold"}, {FontFamily::Carlito, true, false}},
    {"Cambria_is_Caladea", {"Cambria"}, {FontFamily::Caladea, false, false}},
    {"a_known_serif_needs_no_flag", {"Georgia"}, {FontFamily::Serif, false, false}},
    {"an_unknown_name_is_Sans", {"Frutiger"}, {FontFamily::Sans, false, false}},
    {"an_unknown_name_with_the_serif_flag_is_Serif", {.face = "Quadraat", .serif = true}, {FontFamily::Serif, false, false}},
    {"an_unknown_name_with_the_fixed_pitch_flag_is_Mono",
     {.face = "Terminal", .fixed_pitch = true, .serif = true},
     {FontFamily::Mono, false, false}},
    {"sans_in_the_name_counts_for_more_than_the_serif_flag", {.face = "LucidaSans", .serif = true}, {FontFamily::Sans, false, false}},
    {"weight_and_slope_of_the_wish_count", {.face = "Arial", .weight = 700, .italic = true}, {FontFamily::Sans, true, true}},
    {"no_name_at_all_is_Sans", {""}, {FontFamily::Sans, false, false}},
};
class SubstituteFor : public testing::TestWithParam<SubstituteCase> {};
TEST_P(SubstituteFor, ) { EXPECT_EQ(substitute_for(GetParam().wish), GetParam().style); }
INSTANTIATE_TEST_SUITE_P(, SubstituteFor, testing::ValuesIn(kSubstitutes), [](auto& test) { return test.param.says; });

constexpr unsigned kNameTable = 0x6E616D65;  // "name"
constexpr unsigned kNoSuchTable = 0x7A7A7A7A;

TEST(EngineFonts, are_mapped_with_all_their_tables) {
    EngineFonts fonts;
    EXPECT_EQ(fonts.files().size(), 22u);
    for (FontFamily script : {FontFamily::EastAsian, FontFamily::Arabic}) EXPECT_NE(fonts.find({script, false, false}), nullptr);
    const FontFile* file = fonts.find({FontFamily::Sans, true, false});
    ASSERT_NE(file, nullptr);
    EXPECT_EQ(file->name, "Liberation Sans Bold");
    EXPECT_FALSE(font_table(file->bytes, kNameTable).empty());
    EXPECT_TRUE(font_table(file->bytes, kNoSuchTable).empty());
}

TEST(FontTable, of_a_broken_font_is_empty) {
    using namespace std::string_view_literals;
    EXPECT_TRUE(font_table("", kNameTable).empty());
    EXPECT_TRUE(font_table("\0\1\0\0\0\1\0\0\0\0\0\0name"sv, kNameTable).empty());
    EXPECT_TRUE(font_table("\0\1\0\0\0\1\0\0\0\0\0\0name\0\0\0\0\x7f\xff\xff\xff\0\0\0\1"sv, kNameTable).empty());
}

}  // namespace
}  // namespace docwright
