#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "docgen/merge/merged_part.h"

namespace docwright::docgen {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string character(std::string_view type) { return fmt::format("<w:r><w:fldChar w:fldCharType=\"{}\"/></w:r>", type); }
std::string code(std::string_view text, std::string_view properties = "") {
    std::string escaped;
    append_escaped(escaped, text);
    return fmt::format("<w:r>{}<w:instrText xml:space=\"preserve\">{}</w:instrText></w:r>", properties, escaped);
}
// A field over runs, whose code is made of these.
std::string field_of(std::string_view code_runs, std::string_view result = "old") {
    return character("begin") + std::string(code_runs) + character("separate") + run(result) + character("end");
}
std::string field(std::string_view text, std::string_view result = "old") { return field_of(code(text), result); }
std::string simple(std::string_view text, std::string_view content = "<w:r><w:t>old</w:t></w:r>") {
    std::string escaped;
    append_escaped(escaped, text);
    return fmt::format("<w:fldSimple w:instr=\"{}\">{}</w:fldSimple>", escaped, content);
}
std::string in_paragraph(std::string_view runs) { return fmt::format("<w:p>{}</w:p>", runs); }

TEST(MergeFields, are_filled_like_tags) {
    EXPECT_EQ(shown(in_paragraph(run("Dear ") + field(" MERGEFIELD  name ") + run("!")), R"({"name": "Ann & Co"})"), "Dear Ann &amp; Co!.");
    EXPECT_EQ(shown(in_paragraph(field(" MERGEFIELD customer.city \\* MERGEFORMAT ")), R"({"customer": {"city": "Bern"}})"), "Bern.");
    EXPECT_EQ(shown(in_paragraph(field("MERGEFIELD \"First Name\"")), R"({"First Name": "Ann"})"), "Ann.");
    EXPECT_EQ(shown(in_paragraph(field("mergefield missing")), "{}"), ".");
}

TEST(MergeFields, honour_their_switches) {
    EXPECT_EQ(shown(in_paragraph(field("MERGEFIELD total \\# \"$#,##0.00\"")), R"({"total": 1234.5})"), "$1,234.50.");
    EXPECT_EQ(shown(in_paragraph(field("MERGEFIELD day \\@ \"dd.MM.yyyy\"")), R"({"day": "2025-07-04"})"), "04.07.2025.");
    EXPECT_EQ(shown(in_paragraph(field("MERGEFIELD name \\* Upper")), R"({"name": "ann"})"), "ANN.");
    const std::string around = in_paragraph(field("MERGEFIELD title \\b \"Prof. \" \\f \" (sir)\""));
    EXPECT_EQ(shown(around, R"({"title": "Smith"})"), "Prof. Smith (sir).");
    EXPECT_EQ(shown(around, R"({"title": ""})"), ".");
}

TEST(MergeFields, may_be_simple_or_cut_into_many_runs) {
    EXPECT_EQ(shown(in_paragraph(simple(" MERGEFIELD name ")), R"({"name": "Ann"})"), "Ann.");
    EXPECT_EQ(shown("<w:p><w:fldSimple w:instr=\"MERGEFIELD name\"/></w:p>", R"({"name": "Ann"})"), "Ann.");
    EXPECT_EQ(shown(in_paragraph(simple("MERGEFIELD name", "")), R"({"name": "Ann"})"), "Ann.");
    EXPECT_EQ(shown(in_paragraph(field_of(code(" MERGE") + "<w:proofErr/>" + code("FIELD na") + code("me "))), R"({"name": "Ann"})"),
              "Ann.");
    EXPECT_EQ(shown("<w:p>" + character("begin") + code("MERGEFIELD name") + character("end") + "</w:p>", R"({"name": "Ann"})"), "Ann.");
    EXPECT_EQ(shown("<w:p><w:r><w:t>a</w:t><w:fldChar w:fldCharType=\"begin\"/><w:instrText>MERGEFIELD b</w:instrText><w:fldChar "
                    "w:fldCharType=\"separate\"/><w:t>x</w:t><w:fldChar w:fldCharType=\"end\"/><w:t>c</w:t></w:r></w:p>",
                    R"({"b": "B"})"),
              "aBc.");
}

TEST(MergeFields, take_the_formatting_of_what_they_showed) {
    const std::string bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>«name»</w:t></w:r>", italic = "<w:rPr><w:i/></w:rPr>";
    const auto with = [&](std::string_view text) {
        return merge(in_paragraph(character("begin") + code(text, italic) + character("separate") + bold + character("end")),
                     R"({"name": "Ann"})")
            .xml;
    };
    EXPECT_EQ(with("MERGEFIELD name"), part_of("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">Ann</w:t></w:r></w:p>"));
    EXPECT_EQ(with("MERGEFIELD name \\* CHARFORMAT"),
              part_of("<w:p><w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">Ann</w:t></w:r></w:p>"));
}

TEST(MergeFields, keep_bookmarks_that_stand_in_them) {
    EXPECT_EQ(
        merge(in_paragraph(character("begin") + code("MERGEFIELD name") + character("separate") +
                           "<w:bookmarkStart w:id=\"1\" w:name=\"b\"/>" + run("old") + character("end") + "<w:bookmarkEnd w:id=\"1\"/>"),
              R"({"name": "Ann"})")
            .xml,
        part_of("<w:p><w:bookmarkStart w:id=\"1\" w:name=\"b\"/><w:r><w:t xml:space=\"preserve\">Ann</w:t></w:r><w:bookmarkEnd "
                "w:id=\"1\"/></w:p>"));
}

TEST(MergeFields, start_and_end_loops) {
    const std::string table =
        fmt::format("<w:tbl><w:tr><w:tc><w:p>{}{}{}</w:p></w:tc></w:tr></w:tbl>", field("MERGEFIELD TableStart:items"),
                    field("MERGEFIELD name"), simple("MERGEFIELD TableEnd:items"));
    EXPECT_EQ(shown(table, R"({"items": [{"name": "a"}, {"name": "b"}]})"), "a.|\nb.|\n");
}

TEST(MergeFields, over_paragraphs_leave_one) {
    const std::string body = "<w:p>" + run("a ") + character("begin") + code("MERGEFIELD name") + character("separate") + run("one") +
                             "</w:p><w:p><w:pPr/>" + run("two") + character("end") + run(" z") + "</w:p>";
    EXPECT_EQ(shown(body, R"({"name": "Ann"})"), "a Ann z.");
}

std::string if_field(std::string_view name, std::string_view rest) {
    return in_paragraph(field_of(code(" IF ") + field(fmt::format(" MERGEFIELD {} ", name)) + code(rest)));
}

TEST(IfFields, show_the_branch_that_is_chosen) {
    const std::string body = if_field("paid", " = \"true\" \"Thank you\" \"Please pay\" ");
    EXPECT_EQ(shown(body, R"({"paid": true})"), "Thank you.");
    EXPECT_EQ(shown(body, R"({"paid": "false"})"), "Please pay.");
    EXPECT_EQ(shown(body, "{}"), "Please pay.");
}

TEST(IfFields, compare_with_tags_in_their_codes) {
    EXPECT_EQ(shown(in_paragraph(field("IF {{country}} = \"USA\" \"Domestic\" \"Abroad\" \\* MERGEFORMAT")), R"({"country": "USA"})"),
              "Domestic.");
    EXPECT_EQ(shown(in_paragraph(field("IF \"{{city}}\" = \"New York\" \"yes\" \"no\"")), R"({"city": "New York"})"), "yes.");
    EXPECT_EQ(shown(in_paragraph(field("IF {{a}}={{b}} \"{{a}} and {{b}}\" \"\"")), R"({"a": "x y", "b": "x y"})"), "x y and x y.");
    EXPECT_EQ(shown(in_paragraph(field_of(code("IF {{coun") + code("try}} = USA Domestic Abroad"))), R"({"country": "Chad"})"), "Abroad.");
}

TEST(IfFields, compare_numbers_as_numbers_and_texts_with_their_case) {
    struct Case {
        const char *left, *rest, *shows;
    };
    for (const Case& each : {Case{"10", "> 9", "yes"},
                             {"10", "= 10.0", "yes"},
                             {"$1,000", ">= 1000", "yes"},
                             {"9", "<> 9", "no"},
                             {"abc", "= ABC", "no"},
                             {"abc", "= \"a*\"", "yes"},
                             {"abc", "= \"a?c\"", "yes"},
                             {"abc", "<> \"*d\"", "yes"},
                             {"abc", "< abd", "yes"},
                             {"10", "< 9", "no"},
                             {"", "= \"\"", "yes"},
                             {"é", "= \"?\"", "yes"},
                             {"2", "<= 1", "no"}}) {
        const std::string values = fmt::format("{{\"a\": \"{}\"}}", each.left);
        EXPECT_EQ(shown(in_paragraph(field(fmt::format("IF \"{{{{a}}}}\" {} yes no", each.rest))), values), std::string(each.shows) + ".")
            << each.left << each.rest;
    }
}

TEST(IfFields, keep_the_formatting_of_the_branch) {
    const std::string body = in_paragraph(field_of(code("IF {{a}} = 1 \"") + code("bold", "<w:rPr><w:b/></w:rPr>") + code("\" \"plain\"")));
    EXPECT_EQ(merge(body, R"({"a": 1})").xml, part_of("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">bold</w:t></w:r></w:p>"));
    EXPECT_EQ(merge(body, R"({"a": 2})").xml, part_of("<w:p><w:r><w:t xml:space=\"preserve\">plain</w:t></w:r></w:p>"));
}

TEST(IfFields, hold_fields_and_pictures_in_their_branches) {
    const std::string inner = field_of(code("IF {{b}} = 1 \"b is \" \"") + field("MERGEFIELD b") + code("\""));
    const std::string body = in_paragraph(
        field_of(code("IF {{a}} = 1 \"") + field("MERGEFIELD a") + code(" ") + inner + "<w:r><w:drawing/></w:r>" + code("\" \"none\"")));
    EXPECT_EQ(shown(body, R"({"a": 1, "b": 1})"), "1 b is .");
    EXPECT_EQ(shown(body, R"({"a": 1, "b": 5})"), "1 5.");
    EXPECT_EQ(shown(body, R"({"a": 2, "b": 1})"), "none.");
    EXPECT_THAT(merge(body, R"({"a": 1})").xml, HasSubstr("<w:drawing/>"));
    EXPECT_THAT(merge(body, R"({"a": 2})").xml, Not(HasSubstr("<w:drawing/>")));
}

TEST(IfFields, keep_other_fields_of_the_branch_as_fields) {
    const std::string page = character("begin") + code("PAGE") + character("separate") + code("7") + character("end");
    const std::string body = in_paragraph(field_of(code("IF {{a}} = 1 \"page ") + page + code("\" \"none\"")));
    const Merged merged = merge(body, R"({"a": 1})");
    EXPECT_EQ(text_of(merged.xml), "page 7.");
    EXPECT_THAT(merged.xml, HasSubstr("<w:instrText xml:space=\"preserve\">PAGE</w:instrText>"));
    EXPECT_EQ(shown(body, R"({"a": 2})"), "none.");
}

TEST(IfFields, compare_with_the_outcome_of_others) {
    const std::string both = field_of(code("IF {{a}} = 1 \"") + field("IF {{b}} = 1 yes no") + code("\" no"));
    const std::string body = in_paragraph(field_of(code("IF ") + both + code(" = yes \"both\" \"not both\"")));
    EXPECT_EQ(shown(body, R"({"a": 1, "b": 1})"), "both.");
    EXPECT_EQ(shown(body, R"({"a": 1, "b": 2})"), "not both.");
    EXPECT_EQ(shown(body, R"({"a": 2, "b": 1})"), "not both.");
}

TEST(IfFields, have_branches_over_paragraphs_and_tables) {
    const std::string body = "<w:p>" + run("a ") + character("begin") + code("IF {{x}} = 1 \"one") + "</w:p><w:p><w:pPr><w:jc/></w:pPr>" +
                             code("two") + "</w:p><w:tbl>" + row({"cell {{y}}"}) + "</w:tbl><w:p>" + code("three\" \"other\"") +
                             character("separate") + run("old") + "</w:p><w:p>" + run("old") + character("end") + run(" z") + "</w:p>";
    EXPECT_EQ(shown(body, R"({"x": 1, "y": "Y"})"), "a one.two.cell Y.|\nthree z.");
    EXPECT_EQ(shown(body, R"({"x": 2, "y": "Y"})"), "a other z.");
}

TEST(IfFields, in_loops_are_decided_for_each_item) {
    const std::string table = fmt::format("<w:tbl><w:tr><w:tc><w:p>{}{}{}</w:p></w:tc></w:tr></w:tbl>", run("{{TableStart:items}}"),
                                          field("IF {{n}} > 1 many one"), run("{{TableEnd:items}}"));
    EXPECT_EQ(shown(table, R"({"items": [{"n": 1}, {"n": 2}]})"), "one.|\nmany.|\n");
}

TEST(IfFields, that_are_simple_work_as_well) {
    EXPECT_EQ(shown(in_paragraph(simple("IF {{a}} = 1 \"one\" \"other {{b}}\"")), R"({"a": 2, "b": "x"})"), "other x.");
    const std::string body = in_paragraph(field_of(
        code(" IF ") + simple(" MERGEFIELD  cool  ", "<w:r><w:instrText>«cool»</w:instrText></w:r>") + code(" = \"true\" \"yes\" ") +
        simple(" MERGEFIELD  message  ", "<w:r><w:instrText>«message»</w:instrText></w:r>") + code(" ")));
    EXPECT_EQ(shown(body, R"({"cool": "true", "message": "not so cool"})"), "yes.");
    EXPECT_EQ(shown(body, R"({"cool": false, "message": "not so cool"})"), "not so cool.");
}

TEST(IfFields, that_are_malformed_keep_what_they_show) {
    for (const char* text : {"IF \"MERGEFIELD cool}\" = \"true\" \"a\" \"b\"", "IF {MERGEFIELD cool} = \"true\" \"a\" \"b\"", "IF",
                             "IF {{a}}", "IF {{a}} = ", "IF {{a}} = 1", "IF {{a}} = 1 \"open", "IF {{a}} = 1 a b c"}) {
        const Merged merged = merge(in_paragraph(field(text, "kept")), R"({"a": 1})");
        EXPECT_EQ(text_of(merged.xml), "kept.") << text;
        EXPECT_THAT(merged.warnings, ElementsAre(::testing::AllOf(HasSubstr("in paragraph 1"), HasSubstr("Ctrl+F9")))) << text;
    }
}

TEST(Fields, that_are_not_offered_keep_what_they_show) {
    for (const char* text : {"COMPARE {{a}} = 1", "NEXT", "SKIPIF {{a}} = 1", "NEXTIF 1 = 1"}) {
        const std::string body = in_paragraph(field(text, "kept"));
        EXPECT_EQ(merge(body, R"({"a": 1})").xml, part_of(body)) << text;
    }
}

TEST(Fields, of_other_kinds_stay_with_the_tags_in_their_codes_filled) {
    const Merged merged = merge(in_paragraph(field_of(code(" HYPERLINK \"https://example.org/{{i") + code("d}}?q=1\" "), "see {{name}}")),
                                R"({"id": "a\"b", "name": "Ann"})");
    EXPECT_EQ(text_of(merged.xml), "see Ann.");
    EXPECT_THAT(merged.xml, HasSubstr("HYPERLINK &quot;https://example.org/a%22b</w:instrText>"));
    EXPECT_THAT(merged.xml, HasSubstr("fldCharType=\"begin\""));
    EXPECT_THAT(merge(in_paragraph(simple("HYPERLINK \"https://example.org/{{id}}\"", run("{{name}}"))), R"({"id": 7, "name": "Ann"})").xml,
                HasSubstr("<w:fldSimple w:instr=\"HYPERLINK &quot;https://example.org/7&quot;\"><w:r><w:t xml:space=\"preserve\">Ann<"));
}

TEST(Fields, with_merge_fields_in_their_codes_are_filled) {
    const Merged merged = merge(
        in_paragraph(field_of(code("HYPERLINK \"https://example.org/") + field("MERGEFIELD id") + code("\""), "link")), R"({"id": 7})");
    EXPECT_THAT(merged.xml, HasSubstr("<w:instrText xml:space=\"preserve\">7</w:instrText>"));
    EXPECT_EQ(text_of(merged.xml), "link.");
}

TEST(FormulaFields, are_updated_like_formula_tags) {
    const std::string table = "<w:tbl>" + row({"{{TableStart:items}}{{price \\# \"$#,##0.00\"}}{{TableEnd:items}}"}) + "<w:tr><w:tc><w:p>" +
                              field(" =SUM(ABOVE) \\# \"$#,##0.00\" ", "$0.00") + "</w:p></w:tc></w:tr></w:tbl>";
    EXPECT_EQ(shown(table, R"({"items": [{"price": 1500}, {"price": 1000}]})"), "$1,500.00.|\n$1,000.00.|\n$2,500.00.|\n");
    EXPECT_EQ(shown(in_paragraph(field("=A1*2", "4")), "{}"), "4.");
}

TEST(Fields, that_never_end_are_text) {
    EXPECT_EQ(shown("<w:p>" + character("begin") + code("IF") + run("{{a}}") + "</w:p><w:p>" + run("{{a}}") + "</w:p>", R"({"a": 1})"),
              "1.1.");
}

TEST(Fields, are_listed_with_the_tags) {
    const std::string part =
        part_of(in_paragraph(run("{{a}}") + field("MERGEFIELD b") + field("IF {{c}} = 1 \"{{d}}\" \"\"") + run("{{e}}")));
    const Program program = compile(part).take();
    std::vector<std::string> names;
    for (const TagPlace& place : program.tags) names.push_back(place.tag.name + (place.in_field ? "*" : ""));
    EXPECT_THAT(names, ElementsAre("a", "b*", "c*", "d*", "e"));
    EXPECT_THAT(program.warnings, IsEmpty());
}

}  // namespace
}  // namespace docwright::docgen
