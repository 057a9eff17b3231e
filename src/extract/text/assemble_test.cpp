#include "extract/text/assemble.h"

#include <gtest/gtest.h>

#include "extract/text/lines.h"
#include "extract/text/page_fixture.h"

namespace docwright::extract {

namespace {

std::u32string text_of(const PageFixture& page, LineEnds ends = LineEnds::Space) {
    const std::vector<Line> lines = build_lines(page.facts, false);
    std::vector<LinePiece> pieces;
    for (const Line& line : lines) pieces.push_back(whole(line));
    const TextContent content = assemble(page.facts, pieces, ends, words_of(page.facts, lines));
    EXPECT_EQ(content.text.size(), content.glyphs.size());
    return content.text;
}

struct HyphenCase {
    const char* says;
    std::u32string before, after;
    WordSet known;
    bool goes;
};

const HyphenCase kHyphenCases[] = {
    {"goes_when_the_joined_word_is_known", U"inter-", U"National", {U"international"}, true},
    {"goes_before_a_lower_case_letter", U"treat-", U"ment", {}, true},
    {"goes_inside_capitals", U"EF-", U"FECT", {}, true},
    {"stays_before_a_capital", U"Jean-", U"Paul", {}, false},
    {"stays_when_the_compound_is_known", U"well-", U"known", {U"well-known"}, false},
    {"stays_between_two_known_words", U"long-", U"term", {U"long", U"term"}, false},
    {"stays_in_a_word_with_another_hyphen", U"state-of-the-", U"art", {}, false},
    {"always_goes_when_it_is_soft", U"kom\u00AD", U"pliziert", {}, true},
    {"stays_after_digits", U"1990-", U"ies", {}, false},
};

class Hyphen : public testing::TestWithParam<HyphenCase> {};

TEST_P(Hyphen, ) {
    const HyphenCase& test = GetParam();
    EXPECT_EQ(hyphen_goes(test.before, test.after, test.known), test.goes);
}

INSTANTIATE_TEST_SUITE_P(, Hyphen, testing::ValuesIn(kHyphenCases), [](auto& test) { return test.param.says; });

}  // namespace

TEST(Assemble, joins_lines_with_a_space_and_heals_broken_words) {
    PageFixture page;
    page.lines({U"the appropriate treat-", U"ment of broken lines"}, 50, 100);
    EXPECT_EQ(text_of(page), U"the appropriate treatment of broken lines");
}

TEST(Assemble, keeps_line_ends_of_cells_and_their_hyphens) {
    PageFixture page;
    page.lines({U"Integration of treat-", U"ment"}, 50, 100);
    EXPECT_EQ(text_of(page, LineEnds::CarriageReturnNewline), U"Integration of treat-\r\nment");
}

TEST(Assemble, resolves_ligatures_and_names_their_glyph_for_every_letter) {
    PageFixture page;
    page.text(U"e\uFB03cient", 50, 100);
    EXPECT_EQ(text_of(page), U"efficient");
}

TEST(Assemble, joins_an_accent_drawn_over_its_letter) {
    PageFixture page;
    double x = page.text(U"r", 50, 100);
    page.text(U"´", x, 100);
    page.text(U"esume", x, 100);
    EXPECT_EQ(text_of(page), U"résume");
}

TEST(Assemble, puts_no_space_between_lines_of_ideographs) {
    PageFixture page;
    page.lines({U"日本語の文章は", U"空白なしで続く"}, 50, 100);
    EXPECT_EQ(text_of(page), U"日本語の文章は空白なしで続く");
}

TEST(Assemble, drops_controls_and_replaces_what_is_no_character) {
    PageFixture page;
    page.text(U"a\u0001b", 50, 100);
    EXPECT_EQ(text_of(page), U"ab");
}

}  // namespace docwright::extract
