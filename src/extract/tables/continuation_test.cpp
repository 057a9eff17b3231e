#include "extract/tables/continuation.h"

#include <gtest/gtest.h>

namespace docwright::extract {
namespace {

TableEdge upper() {
    return {.column_edges = {100, 200, 300},
            .header_cells = {U"Country", U"Members"},
            .header_row_count = 1,
            .first_rows = {{U"Country", U"Members"}, {U"Austria", U"21"}, {U"Belgium", U"24"}},
            .reaches_bottom = true};
}

TableEdge lower_with_head() {
    return {.column_edges = {100, 200, 300},
            .header_cells = {U"Country", U"Members"},
            .header_row_count = 1,
            .first_rows = {{U"Country", U"Mem bers"}, {U"Spain", U"54"}},
            .reaches_top = true};
}

TableEdge lower_without_head() {
    TableEdge edge = lower_with_head();
    edge.header_row_count = 0;
    edge.header_cells.clear();
    edge.first_rows = {{U"Spain", U"54"}, {U"Sweden", U"20"}};
    return edge;
}

TEST(Continuation, joins_pieces_with_a_repeated_head_and_counts_its_rows) {
    const Continuation result = continuation(upper(), lower_with_head());
    EXPECT_TRUE(result.continues);
    EXPECT_EQ(result.repeated_header_rows, 1);
}

TEST(Continuation, joins_pieces_with_equal_columns_though_the_margin_differs) {
    TableEdge below = lower_without_head();
    for (double& edge : below.column_edges) edge += 40;
    const Continuation result = continuation(upper(), below);
    EXPECT_TRUE(result.continues);
    EXPECT_EQ(result.repeated_header_rows, 0);
}

TEST(Continuation, needs_both_pieces_at_the_page_break) {
    TableEdge above = upper();
    above.reaches_bottom = false;
    EXPECT_FALSE(continuation(above, lower_with_head()).continues);
    TableEdge below = lower_with_head();
    below.reaches_top = false;
    EXPECT_FALSE(continuation(upper(), below).continues);
}

TEST(Continuation, ends_at_a_new_caption) {
    TableEdge below = lower_with_head();
    below.captioned = true;
    EXPECT_FALSE(continuation(upper(), below).continues);
}

TEST(Continuation, ends_at_other_columns) {
    TableEdge below = lower_without_head();
    below.column_edges = {100, 150, 300};
    EXPECT_FALSE(continuation(upper(), below).continues);
    below.column_edges = {100, 200, 250, 300};
    EXPECT_FALSE(continuation(upper(), below).continues);
}

TEST(Continuation, ends_at_another_head) {
    TableEdge below = lower_with_head();
    below.first_rows[0] = {U"City", U"Inhabitants"};
    EXPECT_FALSE(continuation(upper(), below).continues);
}

TEST(Continuation, sees_a_row_that_the_break_has_cut) {
    TableEdge below = lower_without_head();
    below.first_rows[0] = {U"", U"and two observers"};
    EXPECT_TRUE(continuation(upper(), below).first_row_continues);
    EXPECT_FALSE(continuation(upper(), lower_without_head()).first_row_continues);
}

}  // namespace
}  // namespace docwright::extract
