#include "extract/layout/page_layout.h"

#include <gtest/gtest.h>

#include <random>

#include "extract/text/lines.h"
#include "extract/text/page_fixture.h"

namespace docwright::extract {

namespace {

using Texts = std::vector<std::u32string>;

AnalysedPage laid_out(const PageFixture& page, std::vector<Table> tables = {}) {
    return lay_out(page.facts, build_lines(page.facts, false), std::move(tables));
}

// One text per block, its lines joined by " / "; tables and figures by their kind.
Texts blocks_of(const AnalysedPage& page) {
    Texts out;
    const Texts lines = spelled(page.facts, page.lines);
    for (const Block& block : page.blocks) {
        std::u32string text = block.kind == BlockKind::Table ? U"[table]" : block.kind == BlockKind::Figure ? U"[figure]" : U"";
        for (std::uint32_t line : block.lines) text += (text.empty() ? U"" : U" / ") + lines[line];
        out.push_back(text);
    }
    return out;
}

Texts blocks_of(const PageFixture& page) { return blocks_of(laid_out(page)); }

struct OrderCase {
    const char* says;
    std::u32string picture;
    Texts blocks;
};

const OrderCase kOrderCases[] = {
    {"two_columns_one_after_the_other",
     U"the left column starts up    the right column is read\n"
     U"here and goes on downwards   after it and not between\n"
     U"until its last line is out   the lines of the left one\n",
     {U"the left column starts up / here and goes on downwards / until its last line is out",
      U"the right column is read / after it and not between / the lines of the left one"}},
    {"a_title_over_both_columns_first",
     U"  a title that spans both of the columns below it\n"
     U"\n"
     U"the left column starts up    the right column is read\n"
     U"here and goes on downwards   after it and not between\n"
     U"until its last line is out   the lines of the left one\n",
     {U"a title that spans both of the columns below it",
      U"the left column starts up / here and goes on downwards / until its last line is out",
      U"the right column is read / after it and not between / the lines of the left one"}},
    {"bands_parted_by_what_spans_them",
     U"first band at the left hand     first band at the right\n"
     U"with its second line there     with its second line too\n"
     U"and with one more below it     and with one more under it\n"
     U"\n"
     U"a line that runs from the left edge to the right edge here\n"
     U"\n"
     U"the other band at the left     the other band at the right\n"
     U"with its second line there     with its second line too\n"
     U"and with one more below it     and with one more under it\n",
     {U"first band at the left hand / with its second line there / and with one more below it",
      U"first band at the right / with its second line too / and with one more under it",
      U"a line that runs from the left edge to the right edge here",
      U"the other band at the left / with its second line there / and with one more below it",
      U"the other band at the right / with its second line too / and with one more under it"}},
    {"three_columns_of_a_newspaper",
     U"one first line    two first line    three first line\n"
     U"one second one    two second one    three second one\n"
     U"one third line    two third line    three third line\n",
     {U"one first line / one second one / one third line", U"two first line / two second one / two third line",
      U"three first line / three second one / three third line"}},
    {"labels_beside_their_values",
     U"Invoice number:        4711\n"
     U"Date of invoice:       2024-05-01\n"
     U"Amount that is due:    120.50\n",
     {U"Invoice number: / 4711", U"Date of invoice: / 2024-05-01", U"Amount that is due: / 120.50"}},
    {"columns_that_share_no_baseline",
     U"the left column starts up\n"
     U"                             the right column is read\n"
     U"here and goes on downwards\n"
     U"                             after it and not between\n"
     U"until its last line is out\n"
     U"                             the lines of the left one\n",
     {U"the left column starts up", U"here and goes on downwards", U"until its last line is out", U"the right column is read",
      U"after it and not between", U"the lines of the left one"}},
};

class ReadingOrder : public testing::TestWithParam<OrderCase> {};

TEST_P(ReadingOrder, ) {
    PageFixture page(600, 400);
    page.picture(GetParam().picture);
    const Texts blocks = blocks_of(page);
    std::u32string got, expected;
    for (const std::u32string& block : blocks) got += block + U" / ";
    for (const std::u32string& block : GetParam().blocks) expected += block + U" / ";
    EXPECT_EQ(narrow(got), narrow(expected));
}

INSTANTIATE_TEST_SUITE_P(, ReadingOrder, testing::ValuesIn(kOrderCases), [](auto& test) { return test.param.says; });

const OrderCase kParagraphCases[] = {
    {"end_where_the_next_is_indented",
     U"a paragraph whose lines are filled to the edge and that\n"
     U"ends somewhere in the middle of a line that is full too.\n"
     U"   Another begins with an indent, which parts the two of\n"
     U"them although no white is between the lines at all.\n",
     {U"a paragraph whose lines are filled to the edge and that / ends somewhere in the middle of a line that is full too.",
      U"Another begins with an indent, which parts the two of / them although no white is between the lines at all."}},
    {"end_where_white_is_left_between_them",
     U"a paragraph whose lines are filled to the edge and that\n"
     U"goes on over a second line.\n"
     U"\n"
     U"Another begins below the white that was left there and\n"
     U"it goes on as well.\n",
     {U"a paragraph whose lines are filled to the edge and that / goes on over a second line.",
      U"Another begins below the white that was left there and / it goes on as well."}},
    {"end_on_a_line_with_room_for_more",
     U"a paragraph whose lines are filled to the edge and that\n"
     U"ends early.\n"
     U"Another begins right below it, without any white and\n"
     U"without an indent either.\n",
     {U"a paragraph whose lines are filled to the edge and that / ends early.",
      U"Another begins right below it, without any white and / without an indent either."}},
    {"of_a_list_are_its_items_with_the_lines_that_hang_under_them",
     U"• the first item of a list that needs more than one line\n"
     U"  so that its text hangs under the text above it\n"
     U"• the second item\n"
     U"• the third item\n",
     {U"• the first item of a list that needs more than one line / so that its text hangs under the text above it", U"• the second item",
      U"• the third item"}},
    {"keep_a_number_that_belongs_to_the_sentence",
     U"the number of those who came to the feast in that year was\n"
     U"12. which is more than anybody would have thought before it\n"
     U"happened and less than they had hoped.\n",
     {U"the number of those who came to the feast in that year was / 12. which is more than anybody would have thought before it / "
      U"happened and less than they had hoped."}},
};

class Paragraphs : public testing::TestWithParam<OrderCase> {};

TEST_P(Paragraphs, ) {
    PageFixture page(600, 300);
    page.picture(GetParam().picture);
    EXPECT_EQ(blocks_of(page), GetParam().blocks);
}

INSTANTIATE_TEST_SUITE_P(, Paragraphs, testing::ValuesIn(kParagraphCases), [](auto& test) { return test.param.says; });

// A bar chart without a single drawing: axes and grid lines are rulings, bars are fills.
PageFixture bar_chart() {
    PageFixture page(600, 400);
    page.lines({U"Running text above the chart that fills the whole of the column with", U"words which nobody takes for labels."}, 50, 40);
    page.lines({U"Running text below the chart that fills the whole of the column with", U"words which nobody takes for labels."}, 50, 300);
    double y = 100;
    for (const char32_t* value : {U"30", U"20", U"10", U"0"}) {
        page.text(value, std::u32string_view(value).size() == 1 ? 74 : 70, y + 3, {.size = 8});
        page.ruling(Axis::Horizontal, y, 86, 400);
        y += 30;
    }
    page.ruling(Axis::Vertical, 90, 100, 190);
    for (double x : {120.0, 220.0, 320.0}) page.facts.fills.push_back({.box = {x, 130, x + 40, 190}, .color = 0xF9A03C});
    page.text(U"north", 130, 202, {.size = 8});
    page.text(U"south", 330, 202, {.size = 8});
    page.text(U"Age group", 220, 216, {.size = 8});
    return page;
}
const std::u32string kAbove =
    U"Running text above the chart that fills the whole of the column with / words which nobody takes for labels.";
const std::u32string kBelow =
    U"Running text below the chart that fills the whole of the column with / words which nobody takes for labels.";

TEST(Plots, take_their_scale_and_the_names_of_their_bars) { EXPECT_EQ(blocks_of(bar_chart()), (Texts{kAbove, U"[figure]", kBelow})); }

TEST(Plots, leave_the_source_and_the_caption_to_the_text) {
    PageFixture page = bar_chart();
    page.text(U"Figure 7 Cases by age", 130, 90, {.size = 8});
    page.text(U"Source: the register of the year before", 50, 230, {.size = 8});
    EXPECT_EQ(blocks_of(page), (Texts{kAbove, U"Figure 7 Cases by age", U"[figure]", U"Source: the register of the year before", kBelow}));
}

TEST(Plots, take_the_frame_round_them_with_all_that_is_in_it) {
    PageFixture page = bar_chart();
    for (double y : {70.0, 240.0}) page.ruling(Axis::Horizontal, y, 55, 500);
    for (double x : {55.0, 500.0}) page.ruling(Axis::Vertical, x, 70, 240);
    page.text(U"Cases", 240, 85);
    page.text(U"a legend", 420, 150);
    const AnalysedPage done = laid_out(page);
    EXPECT_EQ(blocks_of(done), (Texts{kAbove, U"[figure]", kBelow}));
    ASSERT_EQ(done.figures.size(), 1U);
    EXPECT_DOUBLE_EQ(done.figures[0].box.left, 55);
    EXPECT_DOUBLE_EQ(done.figures[0].box.bottom, 240);
}

TEST(Plots, are_not_seen_in_numbers_that_do_not_rise_by_even_steps) {
    PageFixture page(600, 400);
    double y = 100;
    for (const char32_t* value : {U"31", U"17", U"12"}) {
        page.text(value, 70, y + 3, {.size = 8});
        page.ruling(Axis::Horizontal, y, 86, 400);
        y += 30;
    }
    EXPECT_TRUE(laid_out(page).figures.empty());
}

TEST(Figures, do_not_take_a_ground_that_is_cut_in_strips) {
    PageFixture page(600, 800);
    page.lines({U"Text on a ground that the printer cut", U"into strips from side to side."}, 50, 100);
    for (double y = 0; y < 800; y += 100)
        page.facts.images.push_back({.box = {0, y, 600, y + 100}, .pixel_width = 600, .pixel_height = 100});
    const AnalysedPage done = laid_out(page);
    EXPECT_TRUE(done.figures.empty());
    EXPECT_EQ(blocks_of(done).size(), 1U);
}

TEST(PageLayout, keeps_the_lines_of_a_heading_together_however_wide_its_leading) {
    PageFixture page(600, 800);
    page.text(U"Appendix A A long heading that fills its first line and goes on", 50, 80, {.size = 16});
    page.text(U"In a second", 50, 112, {.size = 16});
    page.text(U"Another heading", 50, 144, {.size = 16});
    double y = 190;
    for (int i = 0; i < 8; ++i, y += 13)
        page.text(U"the running text has ten points and fills the measure of the whole page with its words", 50, y);
    const Texts blocks = blocks_of(page);
    ASSERT_EQ(blocks.size(), 3U);
    EXPECT_EQ(narrow(blocks[0]), "Appendix A A long heading that fills its first line and goes on / In a second");
    EXPECT_EQ(narrow(blocks[1]), "Another heading");
}

TEST(PageLayout, reads_wide_leading_from_sentences_that_run_on) {
    PageFixture page(600, 800);
    double y = 100;
    for (int sentence = 0; sentence < 2; ++sentence, y += 20) {
        page.text(U"Text that is set with the double leading of a manuscript fills the lines of its column and", 50, y);
        page.text(U"goes on below with a white between its lines that looks like the white between paragraphs", 50, y += 20);
        page.text(U"until it ends on its third line.", 50, y += 20);
    }
    EXPECT_EQ(blocks_of(page).size(), 2U);
}

TEST(PageLayout, says_of_every_centred_page_number_that_it_is_centred) {
    for (const char32_t* number : {U"7", U"128"}) {
        PageFixture page(600, 800);
        double y = 100, right = 0;
        for (int i = 0; i < 8; ++i, y += 12) right = page.text(U"lines of text that reach from edge to edge of what is printed", 150, y);
        page.text(number, (150 + right) / 2 - 2.5 * static_cast<double>(std::u32string_view(number).size()), 770);
        EXPECT_EQ(laid_out(page).blocks.back().align, Align::Center);
    }
}

TEST(PageLayout, keeps_hanging_bullets_with_their_items) {
    PageFixture page(600, 800);
    double y = 200;
    for (int item = 0; item < 3; ++item, y += 8) {
        page.text(U"•", 50, y);
        for (int line = 0; line < 3; ++line, y += 12)
            page.text(U"an item whose lines all hang behind the bullet that is far to their left", 90, y);
    }
    const Texts blocks = blocks_of(page);
    ASSERT_EQ(blocks.size(), 3U);
    for (const std::u32string& block : blocks) EXPECT_EQ(block.front(), U'•');
}

}  // namespace

TEST(PageLayout, keeps_the_numbers_of_lines_out_of_the_verse) {
    PageFixture page;
    for (int i = 1; i <= 15; ++i) {
        const double baseline = 100 + 12.0 * i;
        std::u32string count = U"L ";
        if (i >= 10) count += U'1';
        count += static_cast<char32_t>(U'0' + i % 10);
        page.text(count, 40, baseline, {.size = 6});
        page.text(i % 2 ? U"A line of verse that ends in its own good time" : U"Another that is just as long and follows on it", 100,
                  baseline);
        if (i % 5 == 0) page.text(i == 5 ? U"5" : i == 10 ? U"10" : U"15", i == 5 ? 505 : 500, baseline);
    }
    const AnalysedPage out = laid_out(page);
    const Texts texts = blocks_of(out);
    ASSERT_EQ(texts.size(), 3U) << ::testing::PrintToString(texts);
    EXPECT_EQ(out.blocks[0].lines.size(), 15U);
    EXPECT_FALSE(out.blocks[0].line_numbers);
    EXPECT_TRUE(out.blocks[1].line_numbers && out.blocks[2].line_numbers);
}

TEST(PageLayout, keeps_a_word_that_a_heading_breaks_in_one_block) {
    PageFixture page;
    page.text(U"A heading that is broken at the end of its first li-", 50, 300, {.size = 14, .font = kBoldFont});
    page.text(U"ne and goes on", 50, 328, {.size = 14, .font = kBoldFont});
    page.lines({U"Text of the page that stands below it and fills the width of the column"}, 50, 370);
    EXPECT_EQ(laid_out(page).blocks[0].lines.size(), 2U);
}

TEST(PageLayout, parts_a_running_head_with_a_typed_rule_from_the_text) {
    PageFixture page;
    page.text(U"Results ______________________________________________________________________", 50, 300);
    page.lines({U"of the text that goes on from the page before it.", U"More text stands below."}, 50, 312);
    EXPECT_EQ(laid_out(page).blocks[0].lines.size(), 1U);
}

TEST(PageLayout, keeps_the_numbers_of_a_list_with_their_items) {
    PageFixture page;
    for (int i = 1; i <= 6; ++i) {
        page.text(std::u32string(1, static_cast<char32_t>(U'0' + i)), 50, 100 + 12.0 * i);
        page.text(U"an entry of the list", 100, 100 + 12.0 * i);
    }
    for (const Block& block : laid_out(page).blocks) EXPECT_FALSE(block.line_numbers);
}

TEST(PageLayout, parts_a_bold_heading_from_its_text) {
    PageFixture page;
    page.text(U"A heading", 50, 300, {.font = kBoldFont});
    page.lines({U"followed right below by the text that it stands over and", U"that goes on for a second line."}, 50, 312);
    EXPECT_EQ(blocks_of(page)[0], U"A heading");
}

TEST(PageLayout, keeps_the_lines_of_a_centred_heading_together) {
    PageFixture page;
    page.text(U"From the Director of the Library", 200, 300, {.size = 16});
    page.text(U"and its Friends", 268, 319, {.size = 16});
    page.lines({U"followed by the text that it stands over, which is longer than the heading itself is and", U"goes on."}, 50, 350);
    EXPECT_EQ(blocks_of(page)[0], U"From the Director of the Library / and its Friends");
}

TEST(PageLayout, keeps_a_paragraph_with_a_drop_cap_together) {
    PageFixture page;
    page.text(U"O", 50, 324, {.size = 30});
    page.lines({U"nce upon a time there was a letter", U"as high as two lines and it stood there,"}, 67, 312);
    page.lines({U"with a third line below it and then also a", U"fourth."}, 50, 336);
    EXPECT_EQ(blocks_of(page), (Texts{U"Once upon a time there was a letter / as high as two lines and it stood there, / "
                                      U"with a third line below it and then also a / fourth."}));
}

TEST(PageLayout, reads_right_to_left_columns_from_the_right) {
    PageFixture page(600, 300);
    page.lines({U"אבגד הוזח טיכל", U"מנסע פצקר שתאב", U"גדהו זחטי כלמנ"}, 50, 100);
    page.lines({U"סעפצ קרשת אבגד", U"הוזח טיכל מנסע", U"פצקר שתאב גדהו"}, 300, 100);
    const AnalysedPage laid = laid_out(page);
    ASSERT_EQ(laid.blocks.size(), 2U);
    EXPECT_GT(laid.blocks[0].box.left, laid.blocks[1].box.left);
}

TEST(PageLayout, puts_words_inside_a_drawing_and_the_scale_beside_it_into_the_figure) {
    PageFixture page;
    page.lines({U"some text above the figure that fills a whole line of the page", U"and a second line of it."}, 50, 80);
    page.facts.drawings.push_back({.box = {120, 150, 400, 350}, .path_count = 40, .segment_count = 400});
    page.text(U"42 %", 200, 250, {.size = 8});
    page.text(U"0.5", 100, 250, {.size = 8});
    page.text(U"Figure 1: A chart", 180, 372, {.size = 9});
    const AnalysedPage laid = laid_out(page);
    EXPECT_EQ(blocks_of(laid), (Texts{U"some text above the figure that fills a whole line of the page / and a second line of it.",
                                      U"[figure]", U"Figure 1: A chart"}));
    EXPECT_EQ(laid.figures[0].lines.size(), 2U);
}

TEST(PageLayout, takes_a_picture_behind_running_text_out_of_the_flow) {
    PageFixture page;
    page.facts.images.push_back({.box = {40, 80, 500, 300}});
    page.lines({U"these lines of text stand on a picture that colours the ground", U"and they are read as if it were not there at all",
                U"because they are sentences and no labels of it", U"and there are many of them"},
               50, 120);
    const AnalysedPage laid = laid_out(page);
    ASSERT_FALSE(laid.blocks.empty());
    EXPECT_EQ(laid.blocks[0].lines.size(), 4U);
    EXPECT_TRUE(laid.figures[0].lines.empty());
}

TEST(PageLayout, reads_a_shaded_box_as_a_whole) {
    PageFixture page;
    page.lines({U"the running text of the page stands to the left", U"of a box that tells something else and must",
                U"not be read line by line with it"},
               50, 200);
    page.facts.fills.push_back({.box = {320, 180, 560, 240}, .color = 0xDDEEFF});
    page.lines({U"the box has words", U"of its own"}, 330, 200);
    const AnalysedPage laid = laid_out(page);
    ASSERT_EQ(laid.frames.size(), 1U);
    EXPECT_EQ(blocks_of(laid).back(), U"the box has words / of its own");
    EXPECT_EQ(laid.blocks.back().frame, 0);
}

TEST(PageLayout, cuts_a_line_that_lies_only_partly_in_a_table) {
    PageFixture page;
    page.text(U"cell text and beside", 50, 100);
    std::vector<Line> lines = build_lines(page.facts, false);
    ASSERT_EQ(lines.size(), 1U);
    Table table{.box = {45, 85, 100, 110}, .row_count = 1, .column_count = 1};
    table.cells.push_back({.box = table.box, .text = {{.line = 0, .first_word = 0, .word_count = 2}}});
    const AnalysedPage laid = lay_out(page.facts, std::move(lines), {table});
    EXPECT_EQ(blocks_of(laid), (Texts{U"[table]", U"and beside"}));
    EXPECT_EQ(laid.lines[laid.tables[0].cells[0].text[0].line].words.size(), 2U);
}

TEST(PageLayout, knows_a_page_that_is_only_a_picture) {
    PageFixture page;
    page.facts.images.push_back({.box = {0, 0, 600, 800}});
    EXPECT_TRUE(laid_out(page).picture_only);
    page.lines({U"enough words to be a text of its own"}, 50, 100);
    EXPECT_FALSE(laid_out(page).picture_only);
}

TEST(PageLayout, has_every_line_in_exactly_one_block_or_figure) {
    std::mt19937 random(11);
    for (int round = 0; round < 60; ++round) {
        std::vector<std::uint8_t> bytes(900);
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
        PageFacts facts = page_from(bytes.data(), bytes.size());
        if (round % 3 == 0) facts.drawings.push_back({.box = {100, 100, 300, 300}, .path_count = 9, .segment_count = 99});
        if (round % 4 == 0) facts.fills.push_back({.box = {200, 50, 500, 400}, .color = 0xCCCCCC});
        std::vector<Line> lines = build_lines(facts, false);
        const AnalysedPage page = lay_out(std::move(facts), std::move(lines), {});
        std::vector<int> seen(page.lines.size(), 0);
        for (const Block& block : page.blocks) {
            for (std::uint32_t line : block.lines) ++seen[line];
            if (block.kind == BlockKind::Figure)
                for (std::uint32_t line : page.figures[block.item].lines) ++seen[line];
        }
        for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], 1) << "line " << i << " of round " << round;
    }
}

}  // namespace docwright::extract
