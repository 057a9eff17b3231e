#include "extract/text/lines.h"

#include <gtest/gtest.h>

#include <random>

#include "extract/text/page_fixture.h"

namespace docwright::extract {

namespace {

using namespace std::string_literals;
using Texts = std::vector<std::u32string>;

Texts lines_of(const PageFixture& page, bool include_hidden = false) {
    return spelled(page.facts, build_lines(page.facts, include_hidden));
}

struct WordCase {
    const char* says;
    std::u32string picture;  // `|` is 0.3 em of white without a space, `<` 0.1 em back, `_` 0.15 em of letter space
    Texts lines;
};

// Draws glyph by glyph, so that white without a space glyph can be drawn.
PageFixture drawn(std::u32string_view picture) {
    PageFixture page;
    double x = 100;
    bool space = false;
    for (char32_t code : picture) {
        if (code == U'|') x += 3;
        if (code == U'<') x -= 1;
        if (code == U'_') x += 1.5;
        if (code == U' ') {
            x += 2.5;
            space = true;
        }
        if (code == U'|' || code == U'<' || code == U'_' || code == U' ') continue;
        x = page.text(std::u32string(1, code), x, 100);
        page.facts.glyphs.back().space_before = space;
        space = false;
    }
    return page;
}

const WordCase kWordCases[] = {
    {"ends_a_word_at_a_space_glyph", U"to be", {U"to be"}},
    {"ends_a_word_at_white_without_a_space", U"to|be", {U"to be"}},
    {"keeps_kerned_letters_together", U"A<V", {U"AV"}},
    {"keeps_letter_spaced_capitals_together", U"T_I_T_L_E|||P_A_G_E", {U"TITLE PAGE"}},
    {"parts_words_of_letter_spaced_text_at_its_wider_white", U"a_b_c||d_e_f", {U"abc def"}},
    {"takes_a_space_glyph_without_white_for_a_space", U"a b<<c d", {U"a bc d"}},
    {"gives_nothing_for_an_empty_page", U"", {}},
};

class Words : public testing::TestWithParam<WordCase> {};

TEST_P(Words, ) { EXPECT_EQ(lines_of(drawn(GetParam().picture)), GetParam().lines); }

INSTANTIATE_TEST_SUITE_P(, Words, testing::ValuesIn(kWordCases), [](auto& test) { return test.param.says; });

}  // namespace

TEST(Lines, never_run_over_a_column_gutter) {
    PageFixture page;
    page.picture(
        U"the first column is here    the second one stands there\n"
        U"and it has a second line    with a line of its own too\n");
    EXPECT_EQ(lines_of(page), (Texts{U"the first column is here", U"the second one stands there", U"and it has a second line",
                                     U"with a line of its own too"}));
}

TEST(Lines, are_split_at_a_narrow_gutter_when_the_content_jumps_over_it) {
    PageFixture page;
    page.text(U"first column", 50, 100);
    page.text(U"its second line", 50, 112);
    const double gutter = 50 + 5 * 11 + 2.5 + 6;  // 0.6 em behind the first line
    page.text(U"second column", gutter, 100);
    EXPECT_EQ(lines_of(page), (Texts{U"first column", U"second column", U"its second line"}));
}

TEST(Lines, keep_the_wide_spaces_of_justified_text) {
    PageFixture page;
    double x = 50;
    for (const char32_t* word : {U"stretched", U"to", U"the", U"full", U"measure"}) {
        x = page.text(word, x, 100) + 8;
        if (word[0] != U's') page.facts.glyphs[page.facts.glyphs.size() - std::u32string(word).size()].space_before = true;
    }
    EXPECT_EQ(lines_of(page), (Texts{U"stretched to the full measure"}));
}

TEST(Lines, join_superscripts_and_subscripts_and_mark_them) {
    PageFixture page;
    double x = page.text(U"mc", 50, 100);
    x = page.text(U"2", x, 96, {.size = 7});
    x = page.text(U" and H", x, 100);
    x = page.text(U"2", x, 102, {.size = 7});
    page.text(U"O", x, 100);
    const std::vector<Line> lines = build_lines(page.facts, false);
    ASSERT_EQ(spelled(page.facts, lines), (Texts{U"mc2 and H2O"}));
    std::u32string raised;
    for (Raised mark : lines[0].raised) raised += mark == Raised::Superscript ? U'^' : mark == Raised::Subscript ? U'_' : U'.';
    EXPECT_EQ(narrow(raised),
              "..^...."
              "_.");
    EXPECT_EQ(lines[0].size, 10);
}

TEST(Lines, leave_out_hidden_glyphs_unless_asked_for_and_duplicates_always) {
    PageFixture page;
    page.text(U"seen", 50, 100);
    page.text(U"secret", 50, 120, {.hidden = Hidden::SameColor});
    page.text(U"seen", 50.2, 100, {.hidden = Hidden::Duplicate});
    EXPECT_EQ(lines_of(page), (Texts{U"seen"}));
    EXPECT_EQ(lines_of(page, true), (Texts{U"seen", U"secret"}));
}

TEST(Lines, keep_the_text_layer_of_a_scan) {
    PageFixture page;
    page.facts.images.push_back({.box = {0, 0, 600, 800}});
    page.text(U"recognised words under the picture of the page", 50, 100, {.hidden = Hidden::Invisible});
    EXPECT_EQ(lines_of(page), (Texts{U"recognised words under the picture of the page"}));
}

TEST(Lines, read_vertical_writing_from_top_to_bottom) {
    PageFixture page;
    double x = 500;
    for (const std::u32string& line : {U"縦書きの文章は右から"s, U"左へ行が進みます。"s}) {
        double y = 100;
        for (char32_t code : line) {
            page.text(std::u32string(1, code), x, y);
            y += 10;
        }
        x -= 18;
    }
    const std::vector<Line> lines = build_lines(page.facts, false);
    EXPECT_EQ(spelled(page.facts, lines), (Texts{U"縦書きの文章は右から", U"左へ行が進みます。"}));
    for (const Line& line : lines) {
        EXPECT_EQ(line.direction, Direction::TopToBottom);
        EXPECT_EQ(line.angle, 90);
    }
}

TEST(Lines, do_not_take_a_column_of_a_table_for_vertical_writing) {
    PageFixture page;
    for (int row = 0; row < 6; ++row) page.text(U"計", 50, 100 + 16 * row);
    for (const Line& line : build_lines(page.facts, false)) EXPECT_EQ(line.angle, 0);
}

TEST(Lines, read_turned_text_along_its_own_direction) {
    PageFixture page;
    page.text(U"up the margin", 40, 300, {.angle = -90});
    page.text(U"down the margin", 560, 100, {.angle = 90});
    page.text(U"across", 100, 100);
    EXPECT_EQ(lines_of(page), (Texts{U"across", U"up the margin", U"down the margin"}));
}

TEST(Lines, give_right_to_left_text_in_reading_order) {
    PageFixture page;
    page.text(U"םולש 123 םלוע", 100, 100);  // as it stands on paper, from left to right
    const std::vector<Line> lines = build_lines(page.facts, false);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].direction, Direction::RightToLeft);
    EXPECT_EQ(spelled(page.facts, lines)[0], U"עולם 123 שלום");
}

TEST(Lines, join_a_drop_cap_with_its_word) {
    PageFixture page;
    page.text(U"O", 50, 124, {.size = 30});
    page.lines({U"nce upon a time there was", U"a letter as high as two lines"}, 67, 112);
    page.text(U"and a third line below it", 50, 136);
    EXPECT_EQ(lines_of(page), (Texts{U"Once upon a time there was", U"a letter as high as two lines", U"and a third line below it"}));
}

TEST(Lines, hold_every_glyph_that_takes_part_exactly_once) {
    std::mt19937 random(7);
    for (int round = 0; round < 60; ++round) {
        std::vector<std::uint8_t> bytes(600);
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
        const PageFacts facts = page_from(bytes.data(), bytes.size());
        std::vector<int> seen(facts.glyphs.size(), 0);
        for (const Line& line : build_lines(facts, false)) {
            std::uint32_t next = 0;
            for (const Word& word : line.words) {
                EXPECT_EQ(word.first, next);
                EXPECT_GT(word.count, 0U);
                next = word.first + word.count;
            }
            EXPECT_EQ(next, line.glyphs.size());
            for (std::uint32_t glyph : line.glyphs) ++seen[glyph];
        }
        for (std::size_t i = 0; i < seen.size(); ++i) {
            const Glyph& glyph = facts.glyphs[i];
            const bool sound = std::isfinite(glyph.origin_x) && std::isfinite(glyph.advance.right);
            if (sound && glyph.hidden == Hidden::No) {
                EXPECT_EQ(seen[i], 1) << i;
            } else {
                EXPECT_LE(seen[i], 1) << i;
            }
        }
    }
}

}  // namespace docwright::extract
