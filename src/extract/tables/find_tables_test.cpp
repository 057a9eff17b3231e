#include "extract/tables/find_tables.h"

#include <gtest/gtest.h>

#include "extract/tables/drawn_page.h"

namespace docwright::extract {
namespace {

using tables::DrawnPage;
using tables::spelled;

std::vector<Table> found(const DrawnPage& page) { return find_tables(page.facts, page.lines); }

// The table of a page that has exactly one, spelled out.
std::string only_table(const DrawnPage& page) {
    const std::vector<Table> tables = found(page);
    return tables.size() == 1 ? spelled(tables[0], page) : std::to_string(tables.size()) + " tables";
}

// Three columns and three rows, all walls drawn.
DrawnPage ruled_page() {
    DrawnPage page;
    for (double y : {100, 120, 140, 160}) page.level(y, 100, 400);
    for (double x : {100, 200, 300, 400}) page.upright(x, 100, 160);
    page.row(114, {105, 205, 305}, {"Country", "Exports", "Imports"});
    page.row(134, {105, 205, 305}, {"Austria", "12.4", "13.1"});
    page.row(154, {105, 205, 305}, {"Belgium", "9.8", "10.2"});
    return page;
}

TEST(FindTables, reads_a_grid_whose_walls_are_drawn) {
    EXPECT_EQ(only_table(ruled_page()), "Country | Exports | Imports\nAustria | 12.4 | 13.1\nBelgium | 9.8 | 10.2");
}

TEST(FindTables, says_what_is_drawn_and_which_row_is_the_head) {
    const std::vector<Table> tables = found(ruled_page());
    ASSERT_EQ(tables.size(), 1U);
    EXPECT_EQ(tables[0].ruling, TableRuling::Full);
    EXPECT_EQ(tables[0].header_row_count, 1);
    EXPECT_EQ(tables[0].header_column_count, 1);
    EXPECT_EQ(tables[0].cells[0].kind, CellKind::StubHead);
    EXPECT_EQ(tables[0].cells[1].kind, CellKind::ColumnHeader);
    EXPECT_EQ(tables[0].cells[3].kind, CellKind::RowHeader);
    EXPECT_EQ(tables[0].cells[4].kind, CellKind::Content);
}

TEST(FindTables, takes_a_missing_wall_as_a_span) {
    DrawnPage page;
    for (double y : {100, 140, 160}) page.level(y, 100, 400);
    page.level(120, 200, 400);
    for (double x : {100, 200, 400}) page.upright(x, 100, 160);
    page.upright(300, 120, 160);
    page.row(114, {105, 255}, {"Country", "Trade in 1997"});
    page.row(134, {205, 305}, {"Exports", "Imports"});
    page.row(154, {105, 205, 305}, {"Austria", "12.4", "13.1"});
    EXPECT_EQ(only_table(page), "Country [2x1] | Trade in 1997 [1x2]\nExports | Imports\nAustria | 12.4 | 13.1");
}

TEST(FindTables, bridges_gaps_at_crossings_and_takes_double_lines_as_one) {
    DrawnPage page;
    for (double y : {100, 102, 120, 140, 160}) page.level(y, 101.5, 398.5);
    for (double x : {100, 200, 202, 300, 400})
        for (double y : {100, 120, 140}) page.upright(x, y + 1.5, y + 18.5);
    page.row(114, {105, 205, 305}, {"Country", "Exports", "Imports"});
    page.row(134, {105, 205, 305}, {"Austria", "12.4", "13.1"});
    page.row(154, {105, 205, 305}, {"Belgium", "9.8", "10.2"});
    EXPECT_EQ(only_table(page), "Country | Exports | Imports\nAustria | 12.4 | 13.1\nBelgium | 9.8 | 10.2");
}

TEST(FindTables, closes_sides_that_are_left_open) {
    DrawnPage page;
    for (double y : {100, 120, 140, 160}) page.level(y, 100, 400);
    for (double x : {200, 300}) page.upright(x, 100, 160);
    page.row(114, {105, 205, 305}, {"Country", "Exports", "Imports"});
    page.row(134, {105, 205, 305}, {"Austria", "12.4", "13.1"});
    page.row(154, {105, 205, 305}, {"Belgium", "9.8", "10.2"});
    EXPECT_EQ(only_table(page), "Country | Exports | Imports\nAustria | 12.4 | 13.1\nBelgium | 9.8 | 10.2");
}

TEST(FindTables, keeps_the_lines_of_a_wrapped_cell_together) {
    DrawnPage page;
    for (double y : {100, 120, 152, 172}) page.level(y, 100, 400);
    for (double x : {100, 250, 400}) page.upright(x, 100, 172);
    page.row(114, {105, 255}, {"Body", "Members"});
    page.text(105, 132, "Committee of the").text(105, 144, "regions").text(255, 138, "344");
    page.row(166, {105, 255}, {"Court", "27"});
    EXPECT_EQ(only_table(page), "Body | Members\nCommittee of the regions | 344\nCourt | 27");
}

TEST(FindTables, covers_empty_positions_with_empty_cells) {
    DrawnPage page;
    for (double y : {100, 120, 140, 160}) page.level(y, 100, 400);
    for (double x : {100, 200, 300, 400}) page.upright(x, 100, 160);
    page.row(114, {105, 205, 305}, {"", "Exports", "Imports"});
    page.row(134, {105, 205, 305}, {"Austria", "", "13.1"});
    page.row(154, {105, 205, 305}, {"Belgium", "9.8", ""});
    EXPECT_EQ(only_table(page), ". | Exports | Imports\nAustria | . | 13.1\nBelgium | 9.8 | .");
}

TEST(FindTables, reads_a_book_table_between_three_rules) {
    DrawnPage page;
    page.level(100, 100, 400).level(116, 100, 400).level(160, 100, 400);
    page.row(112, {105, 205, 305}, {"Country", "Exports", "Imports"}, 1);
    page.row(128, {105, 205, 305}, {"Austria", "12.4", "13.1"});
    page.row(142, {105, 205, 305}, {"Belgium", "9.8", "10.2"});
    page.row(156, {105, 205, 305}, {"Cyprus", "1.3", "2.2"});
    EXPECT_EQ(only_table(page), "Country | Exports | Imports\nAustria | 12.4 | 13.1\nBelgium | 9.8 | 10.2\nCyprus | 1.3 | 2.2");
}

TEST(FindTables, spreads_a_head_over_the_columns_of_the_rule_below_it) {
    DrawnPage page;
    page.level(100, 100, 400).level(130, 100, 400).level(174, 100, 400).level(116, 200, 400);
    page.text(280, 112, "Trade");
    page.row(126, {105, 215, 315}, {"Country", "Exports", "Imports"});
    page.row(142, {105, 215, 315}, {"Austria", "12.4", "13.1"});
    page.row(156, {105, 215, 315}, {"Belgium", "9.8", "10.2"});
    page.row(170, {105, 215, 315}, {"Cyprus", "1.3", "2.2"});
    EXPECT_EQ(only_table(page),
              ". | Trade [1x2]\nCountry | Exports | Imports\nAustria | 12.4 | 13.1\nBelgium | 9.8 | 10.2\nCyprus | 1.3 | 2.2");
}

TEST(FindTables, reads_aligned_numbers_without_any_line) {
    DrawnPage page;
    page.prose(60, 60, 470, 3);
    page.row(120, {105, 205, 305}, {"Country", "Exports", "Imports"}, 1);
    const char* names[] = {"Austria", "Belgium", "Cyprus", "Denmark"};
    const char* exports[] = {"12.4", "9.8", "1.3", "110.0"};
    for (int i = 0; i < 4; ++i)
        page.text(105, 136 + 14 * i, names[i]).text_right(235, 136 + 14 * i, exports[i]).text_right(335, 136 + 14 * i, "7.5");
    page.prose(60, 220, 470, 3);
    EXPECT_EQ(only_table(page),
              "Country | Exports | Imports\nAustria | 12.4 | 7.5\nBelgium | 9.8 | 7.5\nCyprus | 1.3 | 7.5\nDenmark | 110.0 | 7.5");
}

TEST(FindTables, keeps_a_currency_sign_with_its_number) {
    DrawnPage page;
    page.row(100, {105, 205, 305}, {"", "Income", "Cost"}, 1);
    const char* names[] = {"North", "South", "East", "West"};
    for (int i = 0; i < 4; ++i) {
        const double y = 116 + 14 * i;
        page.text(105, y, names[i]).text(205, y, "$").text_right(250, y, i == 0 ? "1,200" : "90").text(305, y, "$").text_right(350, y, "7");
    }
    EXPECT_EQ(only_table(page), ". | Income | Cost\nNorth | $ 1,200 | $ 7\nSouth | $ 90 | $ 7\nEast | $ 90 | $ 7\nWest | $ 90 | $ 7");
}

TEST(FindTables, lets_leading_dots_follow_their_label) {
    DrawnPage page;
    page.row(100, {105, 305, 405}, {"Item", "1996", "1997"}, 1);
    const char* names[] = {"Wheat", "Barley", "Oats", "Rye"};
    for (int i = 0; i < 4; ++i)
        page.text(105, 116 + 14 * i, std::string(names[i]) + " ..........................")
            .text_right(325, 116 + 14 * i, "12.5")
            .text_right(425, 116 + 14 * i, "9.1");
    const std::string dots = " ..........................";
    EXPECT_EQ(only_table(page), "Item | 1996 | 1997\nWheat" + dots + " | 12.5 | 9.1\nBarley" + dots + " | 12.5 | 9.1\nOats" + dots +
                                    " | 12.5 | 9.1\nRye" + dots + " | 12.5 | 9.1");
}

TEST(FindTables, spreads_heads_over_the_groups_in_whose_middle_they_stand) {
    DrawnPage page;
    page.text(232, 100, "Exports").text(382, 100, "Imports");
    page.row(114, {105, 210, 270, 360, 420}, {"Country", "1996", "1997", "1996", "1997"});
    for (int i = 0; i < 4; ++i)
        page.row(130 + 14 * i, {105, 210, 270, 360, 420},
                 {"Land" + std::string(1, static_cast<char>('A' + i)), "12.5", "13.5", "14.5", "15.5"});
    const std::vector<Table> tables = found(page);
    ASSERT_EQ(tables.size(), 1U);
    EXPECT_EQ(spelled(tables[0], page).substr(0, 75), ". | Exports [1x2] | Imports [1x2]\nCountry | 1996 | 1997 | 1996 | 1997\nLandA");
    EXPECT_EQ(tables[0].header_row_count, 2);
}

TEST(FindTables, keeps_wrapped_labels_in_one_row_without_lines) {
    DrawnPage page;
    page.row(100, {105, 305, 405}, {"Branch", "Exports", "Imports"}, 1);
    page.row(114, {105, 305, 405}, {"Farming, hunting and", "12.5", "9.1"}).text(105, 126, "forestry");
    page.row(140, {105, 305, 405}, {"Fishing", "2.5", "3.1"});
    page.row(154, {105, 305, 405}, {"Mining", "7.5", "4.0"});
    page.row(168, {105, 305, 405}, {"Trade", "5.5", "6.0"});
    EXPECT_EQ(only_table(page),
              "Branch | Exports | Imports\nFarming, hunting and forestry | 12.5 | 9.1\nFishing | 2.5 | 3.1\nMining | 7.5 | 4.0\nTrade | "
              "5.5 | 6.0");
}

TEST(FindTables, leaves_notes_below_the_last_values_outside) {
    DrawnPage page;
    page.row(100, {105, 205, 305}, {"Country", "Exports", "Imports"}, 1);
    for (int i = 0; i < 4; ++i) page.row(114 + 14 * i, {105, 205, 305}, {"Land", "12.5", "9.1"});
    page.text(105, 170, "(a)").text(205, 170, "not yet known");
    const std::vector<Table> tables = found(page);
    ASSERT_EQ(tables.size(), 1U);
    EXPECT_EQ(tables[0].row_count, 5);
}

TEST(FindTables, reads_the_body_column_by_column_when_only_the_head_has_walls) {
    DrawnPage page;
    page.box(100, 100, 400, 160).level(120, 100, 400).level(140, 100, 400);
    page.upright(200, 100, 120).upright(300, 100, 120);
    page.row(114, {105, 205, 305}, {"Country", "Exports", "Imports"});
    page.row(134, {105, 205, 305}, {"Austria", "12.4", "13.1"});
    page.row(154, {105, 205, 305}, {"Belgium", "9.8", "10.2"});
    EXPECT_EQ(only_table(page), "Country | Exports | Imports\nAustria | 12.4 | 13.1\nBelgium | 9.8 | 10.2");
}

TEST(FindTables, gives_cells_the_colour_behind_them) {
    DrawnPage page = ruled_page();
    page.fill(100, 100, 400, 120, 0xFFCC00);
    const std::vector<Table> tables = found(page);
    ASSERT_EQ(tables.size(), 1U);
    EXPECT_TRUE(tables[0].cells[0].has_background);
    EXPECT_EQ(tables[0].cells[0].background, 0xFFCC00U);
    EXPECT_FALSE(tables[0].cells[3].has_background);
}

TEST(FindTables, takes_running_text_in_two_columns_for_no_table) {
    DrawnPage page;
    page.prose(60, 80, 230, 20).prose(310, 80, 230, 20);
    EXPECT_EQ(only_table(page), "0 tables");
}

TEST(FindTables, takes_a_box_round_a_paragraph_for_no_table) {
    DrawnPage page;
    page.box(55, 65, 545, 170).prose(60, 80, 470, 7);
    EXPECT_EQ(only_table(page), "0 tables");
}

TEST(FindTables, takes_a_list_for_no_table) {
    DrawnPage page;
    const char* items[] = {"short item", "another item of the list", "more", "the last of these items"};
    for (int i = 0; i < 4; ++i) page.text(60, 80 + 14 * i, std::to_string(i + 1) + ".").text(80, 80 + 14 * i, items[i]);
    EXPECT_EQ(only_table(page), "0 tables");
}

TEST(FindTables, takes_a_list_of_contents_for_no_table) {
    DrawnPage page;
    const char* heads[] = {"Introduction", "Methods", "Results", "Discussion", "References"};
    for (int i = 0; i < 5; ++i)
        page.text(60, 80 + 14 * i, heads[i])
            .text(180, 80 + 14 * i, "........................................")
            .text_right(500, 80 + 14 * i, std::to_string(3 + 9 * i));
    EXPECT_EQ(only_table(page), "0 tables");
}

TEST(FindTables, finds_nothing_on_an_empty_page) { EXPECT_EQ(only_table(DrawnPage{}), "0 tables"); }

}  // namespace
}  // namespace docwright::extract
