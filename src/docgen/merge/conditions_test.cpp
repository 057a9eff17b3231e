#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "docgen/merge/decisions.h"
#include "docgen/merge/merged_part.h"

namespace docwright::docgen {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(Conditions, inside_a_paragraph_show_the_text_between) {
    const std::string body = paragraph("Dear {{If:vip}}valued {{name}}{{Else}}customer{{EndIf:vip}},");
    EXPECT_EQ(shown(body, R"({"vip": true, "name": "Ann"})"), "Dear valued Ann,.");
    EXPECT_EQ(shown(body, R"({"name": "Ann"})"), "Dear customer,.");
}

TEST(Conditions, compare_with_a_text) {
    const std::string body = paragraph("{{If:country = \"USA\"}}domestic{{Else}}abroad{{EndIf:country}}");
    EXPECT_EQ(shown(body, R"({"country": "USA"})"), "domestic.");
    EXPECT_EQ(shown(body, R"({"country": "usa"})"), "abroad.");
}

TEST(Conditions, hold_for_what_is_there_and_neither_false_nor_nothing) {
    const std::string body = paragraph("{{If:a}}yes{{Else}}no{{EndIf:a}}");
    for (const char* value : {"true", "1", "\"x\"", "[1]", "{\"b\": 1}"})
        EXPECT_EQ(shown(body, std::string("{\"a\": ") + value + "}"), "yes.") << value;
    for (const char* value : {"false", "0", "\"\"", "null", "[]", "\"false\""})
        EXPECT_EQ(shown(body, std::string("{\"a\": ") + value + "}"), "no.") << value;
}

TEST(Conditions, cut_over_runs_guard_what_is_between_them) {
    const std::string body = "<w:p>" + run("a {{If") + run(":x}}") + run("b") + "<w:r><w:drawing/></w:r>" + run("{{name}}") +
                             "<w:r><w:tab/></w:r>" + run("c{{EndIf:x}} d") + "</w:p>";
    const Merged held = merge(body, R"({"x": 1, "name": "N"})"), not_held = merge(body, R"({"name": "N"})");
    EXPECT_EQ(text_of(held.xml), "a bNc d.");
    EXPECT_THAT(held.xml, AllOf(HasSubstr("<w:drawing/>"), HasSubstr("<w:tab/>")));
    EXPECT_EQ(not_held.xml,
              part_of("<w:p><w:r><w:t xml:space=\"preserve\">a </w:t></w:r><w:r><w:t xml:space=\"preserve\"> d</w:t></w:r></w:p>"));
}

TEST(Conditions, show_whole_paragraphs_and_tables) {
    const std::string body = paragraph("before") + paragraph("{{If:x}}") + paragraph("one {{a}}") + "<w:tbl>" + row({"cell"}) + "</w:tbl>" +
                             paragraph("{{Else}}") + paragraph("two") + paragraph("{{EndIf:x}}") + paragraph("after");
    EXPECT_EQ(shown(body, R"({"x": 1, "a": "A"})"), "before.one A.cell.|\nafter.");
    EXPECT_EQ(shown(body, R"({"a": "A"})"), "before.two.after.");
}

TEST(Conditions, may_start_and_end_in_paragraphs_with_text) {
    const std::string body = paragraph("a {{If:x}}b") + paragraph("c") + paragraph("d{{EndIf:x}} e");
    EXPECT_EQ(shown(body, R"({"x": 1})"), "a b.c.d e.");
    EXPECT_EQ(shown(body, "{}"), "a . e.");
    EXPECT_EQ(shown(paragraph("{{If:x}}b") + paragraph("d{{EndIf:x}}"), "{}"), ".");
    EXPECT_EQ(shown(paragraph("first") + paragraph("{{If:x}}only this{{EndIf:x}}") + paragraph("last"), "{}"), "first.last.");
}

TEST(Conditions, stand_inside_each_other) {
    const std::string body = paragraph("{{If:a}}") + paragraph("a{{If:b}}b{{Else}}-{{EndIf:b}}") + paragraph("{{If:b}}") +
                             paragraph("both") + paragraph("{{EndIf:b}}") + paragraph("{{Else}}") + paragraph("{{If:b}}only b{{EndIf:b}}") +
                             paragraph("{{EndIf:a}}") + paragraph("end");
    EXPECT_EQ(shown(body, R"({"a": 1, "b": 1})"), "ab.both.end.");
    EXPECT_EQ(shown(body, R"({"a": 1})"), "a-.end.");
    EXPECT_EQ(shown(body, R"({"b": 1})"), "only b.end.");
    EXPECT_EQ(shown(body, "{}"), "end.");
}

TEST(Conditions, show_whole_rows) {
    const std::string table = "<w:tbl>" + row({"head"}) + row({"{{If:x}}"}) + row({"one"}) + row({"{{Else}}"}) + row({"two"}) +
                              row({"{{EndIf:x}}"}) + row({"end"}) + "</w:tbl>";
    EXPECT_EQ(shown(table, R"({"x": 1})"), "head.|\none.|\nend.|\n");
    EXPECT_EQ(shown(table, "{}"), "head.|\ntwo.|\nend.|\n");
    const std::string inside = "<w:tbl>" + row({"{{If:x}}one", "1"}) + row({"two", "2{{EndIf:x}}"}) + row({"end", "3"}) + "</w:tbl>";
    EXPECT_EQ(shown(inside, R"({"x": 1})"), "one.|1.|\ntwo.|2.|\nend.|3.|\n");
    EXPECT_EQ(shown(inside, "{}"), "end.|3.|\n");
    EXPECT_EQ(shown("<w:tbl>" + row({"{{If:x}}a", "b{{EndIf:x}}"}) + row({"c", "d"}) + "</w:tbl>", "{}"), "c.|d.|\n");
}

TEST(Conditions, without_any_row_left_take_the_table_away) {
    EXPECT_EQ(shown("<w:tbl>" + row({"{{If:x}}a", "b{{EndIf:x}}"}) + "</w:tbl>", "{}"), "");
    EXPECT_EQ(merge("<w:tbl>" + row({"{{If:x}}a", "b{{EndIf:x}}"}) + "</w:tbl>", "{}").xml, part_of("<w:p/>"));
}

TEST(Conditions, in_loops_are_decided_for_each_item) {
    const std::string table =
        "<w:tbl>" + row({"{{TableStart:items}}{{name}}{{If:paid}} (paid){{EndIf:paid}}", "{{n}}{{TableEnd:items}}"}) + "</w:tbl>";
    EXPECT_EQ(shown(table, R"({"items": [{"name": "a", "paid": true, "n": 1}, {"name": "b", "n": 2}], "paid": false})"),
              "a (paid).|1.|\nb.|2.|\n");
    const std::string rows = "<w:tbl>" + row({"{{TableStart:items}}{{If:paid}}{{name}}", "{{n}}{{EndIf:paid}}{{TableEnd:items}}"}) +
                             row({"end", ""}) + "</w:tbl>";
    EXPECT_EQ(shown(rows, R"({"items": [{"name": "a", "paid": true, "n": 1}, {"name": "b", "n": 2}]})"), "a.|1.|\nend.|.|\n");
    const std::string around =
        "<w:tbl>" + row({"{{If:all}}{{TableStart:items}}{{name}}", "{{n}}{{TableEnd:items}}{{EndIf:all}}"}) + row({"end", ""}) + "</w:tbl>";
    EXPECT_EQ(shown(around, R"({"all": 1, "items": [{"name": "a", "n": 1, "all": 0}]})"), "a.|1.|\nend.|.|\n");
    EXPECT_EQ(shown(around, R"({"items": [{"name": "a", "n": 1, "all": 1}]})"), "end.|.|\n");
    const std::string group = "<w:tbl>" + row({"{{TableStart:items rows=3}}{{name}}"}) + row({"{{If:note}}{{EndIf:note}}{{note}}"}) +
                              row({"-{{TableEnd:items}}"}) + "</w:tbl>";
    EXPECT_EQ(shown(group, R"({"items": [{"name": "a", "note": "n"}]})"), "a.|\nn.|\n-.|\n");
}

TEST(Conditions, leave_a_paragraph_at_the_end_of_a_cell) {
    const auto cell = [](std::string_view content) { return fmt::format("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", content); };
    EXPECT_EQ(merge(cell("<w:p><w:pPr><w:jc/></w:pPr>" + run("{{If:x}}a{{EndIf:x}}") + "</w:p>"), "{}").xml,
              part_of(cell("<w:p><w:pPr><w:jc/></w:pPr></w:p>")));
    EXPECT_EQ(shown(cell(paragraph("{{If:x}}") + paragraph("a") + paragraph("{{EndIf:x}}")), R"({"x": 1})"), "a..|\n");
    EXPECT_EQ(shown(cell(paragraph("kept") + paragraph("{{If:x}}") + paragraph("a") + paragraph("{{EndIf:x}}")), "{}"), "kept.|\n");
}

TEST(Conditions, hold_fields) {
    const std::string field =
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>IF {{a}} = 1 one other</w:instrText></w:r><w:r><w:fldChar "
        "w:fldCharType=\"separate\"/></w:r>" +
        run("old") + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    const std::string body = "<w:p>" + run("x{{If:y}}") + field + run("{{EndIf:y}}z") + "</w:p>";
    EXPECT_EQ(shown(body, R"({"y": 1, "a": 1})"), "xonez.");
    EXPECT_EQ(shown(body, R"({"y": 1, "a": 2})"), "xotherz.");
    EXPECT_EQ(shown(body, R"({"a": 1})"), "xz.");
}

TEST(Conditions, keep_the_end_of_a_section) {
    const std::string section = "<w:p><w:pPr><w:sectPr/></w:pPr>" + run("a") + "</w:p>";
    EXPECT_EQ(merge(paragraph("{{If:x}}") + section + paragraph("{{EndIf:x}}") + paragraph("end"), "{}").xml,
              part_of("<w:p><w:pPr><w:sectPr/></w:pPr></w:p>" + paragraph("end")));
}

TEST(Conditions, that_are_nested_wrongly_say_where_and_what_to_do) {
    const auto says = [](const std::string& body) { return shown(body, "{}"); };
    EXPECT_THAT(says(paragraph("a") + paragraph("{{If:x}}")),
                AllOf(HasSubstr("{{If:x}} in paragraph 2 is never ended"), HasSubstr("{{EndIf:x}}")));
    EXPECT_THAT(says(paragraph("{{EndIf:x}}")), AllOf(HasSubstr("{{EndIf:x}} in paragraph 1"), HasSubstr("{{If:x}}")));
    EXPECT_THAT(says(paragraph("{{If:a}}{{If:b}}{{EndIf:a}}{{EndIf:b}}")), AllOf(HasSubstr("{{EndIf:a}}"), HasSubstr("{{EndIf:b}}")));
    EXPECT_THAT(says(paragraph("{{If:a}}{{Else}}{{Else}}{{EndIf:a}}")), HasSubstr("second"));
    EXPECT_THAT(says(paragraph("{{Else}}{{If:a}}{{EndIf:a}}")), HasSubstr("{{Else}} in paragraph 1 stands in no condition"));
    EXPECT_THAT(says(paragraph("{{If:a}}") + "<w:tbl>" + row({"{{EndIf:a}}"}) + "</w:tbl>"),
                AllOf(HasSubstr("paragraph 1"), HasSubstr("table 1, row 1"), HasSubstr("side by side")));
    EXPECT_THAT(says("<w:tbl>" + row({"a", "{{If:x}}"}) + row({"b{{EndIf:x}}", ""}) + "</w:tbl>"), HasSubstr("in the middle of a row"));
    EXPECT_THAT(says("<w:tbl>" + row({"{{TableStart:i}}{{If:x}}{{TableEnd:i}}"}) + row({"{{EndIf:x}}"}) + "</w:tbl>"),
                HasSubstr("overlap"));
}

TEST(Conditions, leave_the_word_else_to_templates_without_them) { EXPECT_EQ(shown(paragraph("{{Else}}"), R"({"Else": "x"})"), "x."); }

TEST(Wildcards, stand_for_any_text_and_for_one_character) {
    EXPECT_TRUE(matches("abc", "a*"));
    EXPECT_TRUE(matches("abcabd", "*abd"));
    EXPECT_TRUE(matches("", "*"));
    EXPECT_TRUE(matches("aXbXc", "a*b?c"));
    EXPECT_FALSE(matches("abc", "ab"));
    EXPECT_FALSE(matches("abc", "*d"));
    EXPECT_FALSE(matches("", "?"));
}

}  // namespace
}  // namespace docwright::docgen
