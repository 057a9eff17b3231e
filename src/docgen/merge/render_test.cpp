#include "docgen/merge/render.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "docgen/merge/merged_part.h"
#include "docgen/template/compile.h"

namespace docwright::docgen {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Merge, copies_what_has_no_tags_byte_for_byte) {
    const std::string body = "<w:p w:rsidR=\"1\"><!-- x --><w:r><w:t xml:space='preserve'> a &amp; b </w:t></w:r></w:p><w:tbl/><w:sectPr/>";
    EXPECT_EQ(merge(body, "{}").xml, part_of(body));
}

TEST(Merge, puts_values_into_the_text) {
    EXPECT_EQ(shown(paragraph("Dear {{name}}, {{ city }}!"), R"({"name": "Ann", "city": "Bern"})"), "Dear Ann, Bern!.");
    EXPECT_EQ(shown(paragraph("{{a}}{{b}}{{missing}}"), R"({"a": "x<y & z", "b": "{{a}}"})"), "x&lt;y &amp; z{{a}}.");
    EXPECT_EQ(shown(paragraph("{{{{name}} {{name"), R"({"name": "Ann"})"), "{{name}} {{name.");
    EXPECT_EQ(shown(paragraph("{{a}}"), R"({"a": "one\ntwo\tthree"})"), "one\ntwothree.");
}

TEST(Merge, finds_tags_wherever_they_are_cut) {
    const std::string whole = "Total {{ amount \\# \"$#,##0.00\" }} due";
    for (std::size_t first = 1; first < whole.size(); ++first) {
        for (std::size_t second = first + 1; second < whole.size(); second += 3) {
            const std::string body =
                fmt::format("<w:p>{}<w:proofErr w:type=\"spellStart\"/>{}<w:hyperlink>{}</w:hyperlink></w:p>", run(whole.substr(0, first)),
                            run(whole.substr(first, second - first)), run(whole.substr(second)));
            ASSERT_EQ(shown(body, R"({"amount": 1234.5})"), "Total $1,234.50 due.") << first << ", " << second;
        }
    }
}

TEST(Merge, puts_the_value_into_the_run_of_the_first_brace_and_drops_runs_without_text) {
    const Merged merged = merge(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{</w:t></w:r><w:r><w:t>{name</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>}} "
        "end</w:t></w:r></w:p>",
        R"({"name": "Ann"})");
    EXPECT_EQ(merged.xml, part_of("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">Ann</w:t></w:r><w:r><w:rPr><w:i/></w:rPr>"
                                  "<w:t xml:space=\"preserve\"> end</w:t></w:r></w:p>"));
}

TEST(Merge, fills_text_boxes_and_leaves_deleted_text) {
    const std::string body = fmt::format(
        "<w:p>{}<w:r><w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing></w:r>{}<w:del><w:r><w:delText>{{{{a}}}}</w:delText></w:r></"
        "w:del></w:p>",
        run("{{a"), paragraph("box {{b}}"), run("}}"));
    EXPECT_EQ(shown(body, R"({"a": "outer", "b": "inner"})"), "outerbox inner.{{a}}.");
}

TEST(Loops, repeat_their_row) {
    const std::string table = "<w:tbl>" + row({"Name", "Price"}) +
                              row({"{{TableStart:items}}{{ROW_NUMBER}} {{name}}", "{{price}}{{TableEnd:items}}"}) + row({"end", ""}) +
                              "</w:tbl>";
    EXPECT_EQ(shown(table, R"({"items": [{"name": "pen", "price": 1.5}, {"name": "ink", "price": 12}]})"),
              "Name.|Price.|\n1 pen.|1.5.|\n2 ink.|12.|\nend.|.|\n");
    EXPECT_EQ(shown(table, "{}"), "Name.|Price.|\nend.|.|\n");
}

TEST(Loops, without_items_take_a_table_without_other_rows_away) {
    EXPECT_EQ(merge("<w:tbl><w:tblPr/>" + row({"{{TableStart:items}}{{TableEnd:items}}"}) + "</w:tbl>", R"({"items": []})").xml,
              part_of("<w:p/>"));
}

TEST(Loops, repeat_several_rows_where_asked) {
    const std::string table =
        "<w:tbl>" + row({"{{TableStart:items rows=2}}{{name}}"}) + row({"- {{note}}{{TableEnd:items}}"}) + row({"end"}) + "</w:tbl>";
    EXPECT_EQ(shown(table, R"({"items": [{"name": "a", "note": "x"}, {"name": "b"}]})"), "a.|\n- x.|\nb.|\n- .|\nend.|\n");
}

TEST(Loops, hold_loops_in_tables_inside_their_cells) {
    const std::string inner = "<w:tbl>" + row({"{{TableStart:tags}}{{.}} of {{name}}{{TableEnd:tags}}"}) + "</w:tbl>";
    const std::string table = fmt::format("<w:tbl><w:tr><w:tc>{}{}{}</w:tc></w:tr></w:tbl>", paragraph("{{TableStart:items}}{{name}}"),
                                          inner, paragraph("{{TableEnd:items}}"));
    EXPECT_EQ(shown(table, R"({"items": [{"name": "a", "tags": ["x", "y"]}, {"name": "b", "tags": []}]})"),
              "a.x of a.|\ny of a.|\n.|\nb..|\n");
}

TEST(Loops, outside_of_tables_are_refused_with_the_place_and_the_remedy) {
    EXPECT_THAT(shown(paragraph("one") + paragraph("{{TableStart:items}}"), "{}"),
                ::testing::AllOf(HasSubstr("{{TableStart:items}} in paragraph 2"), HasSubstr("table row")));
    EXPECT_THAT(shown("<w:tbl>" + row({"{{TableStart:a}}{{TableStart:b}}{{TableEnd:b}}{{TableEnd:a}}"}) + "</w:tbl>", "{}"),
                HasSubstr("{{TableStart:b}} in table 1, row 1 starts before {{TableStart:a}} has ended"));
}

TEST(Loops, whose_markers_stand_in_different_rows_are_shown_once) {
    const Merged merged = merge("<w:tbl>" + row({"{{TableStart:items}}{{name}}"}) + row({"{{total}}{{TableEnd:items}}"}) + "</w:tbl>",
                                R"({"items": [{"name": "a"}], "total": 7})");
    EXPECT_EQ(text_of(merged.xml), ".|\n7.|\n");
    EXPECT_THAT(merged.warnings, ElementsAre(HasSubstr("{{TableStart:items}} in table 1, row 1 has no {{TableEnd:items}} in the same row"),
                                             HasSubstr("{{TableEnd:items}} in table 1, row 2 has no start")));
}

TEST(Formulas, work_on_what_the_cells_above_show) {
    const std::string table = "<w:tbl>" + row({"Item", "Q1 2024"}) +
                              row({"{{TableStart:items}}{{name}}", "{{price \\# \"$#,##0.00\"}}{{TableEnd:items}}"}) +
                              row({"{{=COUNT(ABOVE)}}", "Total: {{=SUM(ABOVE) \\# \"$#,##0.00\"}}"}) + "</w:tbl>";
    EXPECT_EQ(shown(table, R"({"items": [{"name": "a", "price": 1500}, {"name": "b", "price": "1,000"}, {"name": "c"}]})"),
              "Item.|Q1 2024.|\na.|$1,500.00.|\nb.|$1,000.00.|\nc.|.|\n0.|Total: $2,500.00.|\n");
}

TEST(Formulas, of_a_cell_over_several_columns_work_on_the_last) {
    const std::string table =
        "<w:tbl>" + row({"{{TableStart:i}}{{a}}", "{{b}}{{TableEnd:i}}"}) + "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" +
        paragraph("Sum {{=SUM(ABOVE)}}, mean {{=AVERAGE(ABOVE) \\# 0.00}}, {{=MAX(ABOVE)}}") + "</w:tc></w:tr></w:tbl>";
    EXPECT_EQ(shown(table, R"({"i": [{"a": 1, "b": 10}, {"a": 2, "b": 20}, {"a": 3, "b": 20}]})"),
              "1.|10.|\n2.|20.|\n3.|20.|\nSum 50, mean 16.67, 20.|\n");
}

TEST(Formulas, work_on_the_cells_to_the_left) {
    EXPECT_EQ(shown("<w:tbl>" + row({"x", "2", "3.5", "{{=SUM(LEFT)}}", "{{=PRODUCT(LEFT)}}"}) + "</w:tbl>", "{}"),
              "x.|2.|3.5.|5.5.|38.5.|\n");
}

TEST(Formulas, over_nothing_are_zero) {
    EXPECT_EQ(shown("<w:tbl>" + row({"{{=SUM(ABOVE) \\# \"$#,##0.00\"}}"}) + "</w:tbl>", "{}"), "$   0.00.|\n");
}

TEST(Warnings, name_the_tag_and_the_place) {
    EXPECT_THAT(merge(paragraph("{{a | Currency}}"), "{}").warnings,
                ElementsAre(HasSubstr("{{a | Currency}} in paragraph 1 shows nothing")));
    EXPECT_THAT(merge(paragraph("{{a}}"), R"({"a": {"b": 1}})").warnings, ElementsAre(HasSubstr("{{a}} is an object")));
    EXPECT_THAT(merge(paragraph("{{a}}"), "{}").warnings, IsEmpty());
}

TEST(Merge, knows_other_prefixes_and_leaves_other_parts_alone) {
    const std::string strict = "<x:p xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><x:r><x:t>{{a}}</x:t></x:r></x:p>";
    std::string out;
    const json::value values = json::object{{"a", "b"}};
    const Program program = compile(strict).take();
    ASSERT_TRUE(render(
                    program, values, {},
                    [&](std::string_view bytes) -> Status {
                        out += bytes;
                        return success();
                    },
                    [](std::string) {})
                    .ok());
    EXPECT_THAT(out, HasSubstr("<x:t xml:space=\"preserve\">b</x:t>"));
    EXPECT_EQ(compile("<styles><w:t>{{a}}</w:t></styles>").take().steps.size(), 1U);
}

}  // namespace
}  // namespace docwright::docgen
