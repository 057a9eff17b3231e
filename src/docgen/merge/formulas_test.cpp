#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "docgen/merge/merged_part.h"

namespace docwright::docgen {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(FormulasAhead, work_on_the_cells_below) {
    const std::string table = "<w:tbl>" + row({"Sum {{=SUM(BELOW) \\# \"$#,##0.00\"}}", "{{=MAX(BELOW)}}"}) +
                              row({"{{TableStart:i}}{{a}}", "{{b}}{{TableEnd:i}}"}) + row({"end", "100"}) + row({"7", "1000"}) + "</w:tbl>";
    EXPECT_EQ(shown(table, R"({"i": [{"a": 1500, "b": 5}, {"a": "1,000", "b": 70}, {"a": "", "b": 6}]})"),
              "Sum $2,500.00.|1000.|\n1500.|5.|\n1,000.|70.|\n.|6.|\nend.|100.|\n7.|1000.|\n");
}

TEST(FormulasAhead, work_on_the_cells_to_the_right) {
    EXPECT_EQ(shown("<w:tbl>" + row({"{{=SUM(RIGHT)}}", "{{=PRODUCT(RIGHT)}}", "2", "3.5", "x", "9"}) + "</w:tbl>", "{}"),
              "12.5.|7.|2.|3.5.|x.|9.|\n");
    const std::string table =
        "<w:tbl>" + row({"{{=SUM(BELOW)}}", "total"}) + row({"{{TableStart:i}}{{=SUM(RIGHT)}}", "{{a}}{{TableEnd:i}}"}) + "</w:tbl>";
    EXPECT_EQ(shown(table, R"({"i": [{"a": 1}, {"a": 2}]})"), "3.|total.|\n1.|1.|\n2.|2.|\n");
}

TEST(FormulasAhead, count_rows_whose_values_are_conditional) {
    const std::string table =
        "<w:tbl>" + row({"{{=COUNT(BELOW)}}"}) + row({"{{TableStart:i}}{{If:x}}{{x}}{{Else}}none{{EndIf:x}}{{TableEnd:i}}"}) + "</w:tbl>";
    EXPECT_EQ(shown(table, R"({"i": [{"x": 1}, {"x": 2}, {}, {"x": 3}]})"), "2.|\n1.|\n2.|\nnone.|\n3.|\n");
}

TEST(FormulasAhead, in_a_loop_have_a_result_for_each_item_and_a_limit) {
    const std::string table = "<w:tbl>" + row({"{{TableStart:i}}{{=SUM(BELOW)}}", "{{a}}{{TableEnd:i}}"}) + "</w:tbl>";
    EXPECT_EQ(
        shown("<w:tbl>" + row({"{{TableStart:i}}{{=SUM(RIGHT)}}", "{{a}}{{TableEnd:i}}"}) + "</w:tbl>", R"({"i": [{"a": 1}, {"a": 2}]})"),
        "1.|1.|\n2.|2.|\n");
    std::string items;
    for (std::size_t i = 0; i < limits::kOpenFormulas + 2; ++i) items += items.empty() ? "{}" : ", {}";
    EXPECT_THAT(shown(table, "{\"i\": [" + items + "]}"), HasSubstr("above a loop"));
}

TEST(FormulasAhead, number_nothing_twice) {
    const std::string table = "<w:tbl>" + row({"{{=SUM(BELOW)}}"}) + "<w:tr><w:tc><w:p>" + run("{{TableStart:i}}{{.}}{{TableEnd:i}}") +
                              "<w:bookmarkStart w:id=\"1\" w:name=\"b\"/><w:bookmarkEnd w:id=\"1\"/></w:p></w:tc></w:tr></w:tbl>";
    const Merged merged = merge(table, R"({"i": [1, 2]})");
    EXPECT_THAT(merged.xml, AllOf(HasSubstr("w:name=\"b\""), HasSubstr("w:name=\"b_c1\""), HasSubstr("w:id=\"2\"")));
}

TEST(Formulas, over_long_columns_stay_quick) {
    const std::string table = "<w:tbl>" + row({"{{TableStart:i}}{{.}}{{TableEnd:i}}"}) + row({"{{=SUM(ABOVE)}}"}) + "</w:tbl>";
    constexpr int kRows = 20'000;
    std::string items;
    for (int i = 0; i < kRows; ++i) items += items.empty() ? "1234.56" : ",1234.56";
    EXPECT_THAT(shown(table, "{\"i\": [" + items + "]}"), HasSubstr("24691200.|\n"));
}

}  // namespace
}  // namespace docwright::docgen
