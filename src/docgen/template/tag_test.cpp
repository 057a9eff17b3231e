#include "docgen/template/tag.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace docwright::docgen {
namespace {

using ::testing::HasSubstr;

TEST(Tags, name_a_value) {
    for (const char* content : {"name", " name ", "customer.address.city", "Straße", "snake_case-2", "_x", "0", "."}) {
        const Tag tag = parse_tag(content);
        EXPECT_EQ(tag.kind, TagKind::Value) << content << ": " << tag.problem;
        EXPECT_EQ(tag.name, std::string(content == std::string(" name ") ? "name" : content));
    }
}

TEST(Tags, carry_switches_with_and_without_quotes) {
    EXPECT_EQ(parse_tag(" d \\@ MM/dd/yyyy ").switches.date, "MM/dd/yyyy");
    EXPECT_EQ(parse_tag("d \\@ \"MM/dd/yyyy\"").switches.date, "MM/dd/yyyy");
    EXPECT_EQ(parse_tag("d  \\@ “MMM yyyy”").switches.date, "MMM yyyy");
    EXPECT_EQ(parse_tag("total \\# \"$#,##0.00;($#,##0.00)\"").switches.number, "$#,##0.00;($#,##0.00)");
    EXPECT_EQ(parse_tag("total \\# Currency").switches.number, "Currency");
    EXPECT_EQ(parse_tag("a\\# 0\\* Upper \\* MERGEFORMAT").switches.formats, (std::vector<std::string>{"Upper", "MERGEFORMAT"}));
    EXPECT_EQ(parse_tag("d \\@ \"h 'o''clock'\"").switches.date, "h 'o''clock'");
}

TEST(Tags, start_and_end_loops) {
    const Tag start = parse_tag("tablestart:order.lines");
    EXPECT_EQ(start.kind, TagKind::LoopStart);
    EXPECT_EQ(start.name, "order.lines");
    EXPECT_EQ(start.rows, 1);
    EXPECT_EQ(parse_tag("TableStart:lines rows=3").rows, 3);
    EXPECT_EQ(parse_tag("TableEnd: lines").kind, TagKind::LoopEnd);
    EXPECT_EQ(parse_tag(" row_number").kind, TagKind::RowNumber);
}

TEST(Tags, are_formulas_over_cells) {
    const Tag tag = parse_tag("=sum( above ) \\# \"$#,##0.00\"");
    EXPECT_EQ(tag.kind, TagKind::Formula);
    EXPECT_EQ(tag.function, Function::Sum);
    EXPECT_EQ(tag.direction, Direction::Above);
    EXPECT_EQ(tag.switches.number, "$#,##0.00");
    EXPECT_EQ(parse_tag("=MAX(LEFT)").direction, Direction::Left);
}

TEST(Tags, are_conditions_pictures_and_links) {
    EXPECT_EQ(parse_tag("If:country = \"France\"").equals, "France");
    EXPECT_FALSE(parse_tag("If:paid").equals);
    EXPECT_EQ(parse_tag("Else").kind, TagKind::Else);
    EXPECT_EQ(parse_tag("EndIf:paid").kind, TagKind::EndIf);
    const Tag image = parse_tag("Image:logo \\w 120 \\h 60.5");
    EXPECT_EQ(image.kind, TagKind::Image);
    EXPECT_EQ(image.switches.width, 120);
    EXPECT_EQ(image.switches.height, 60.5);
    EXPECT_EQ(parse_tag("Link:site").kind, TagKind::Link);
    EXPECT_EQ(parse_tag("Html:text").kind, TagKind::Html);
}

TEST(Tags, that_are_unknown_say_what_to_do) {
    EXPECT_THAT(parse_tag("field | Currency").problem, HasSubstr("\\#"));
    EXPECT_THAT(parse_tag("field:Currency").problem, HasSubstr("field:"));
    EXPECT_THAT(parse_tag("=qty*unitPrice").problem, HasSubstr("SUM(ABOVE)"));
    EXPECT_THAT(parse_tag("=TOTAL(ABOVE)").problem, HasSubstr("AVERAGE"));
    EXPECT_THAT(parse_tag("a \\% 0").problem, HasSubstr("\\%"));
    EXPECT_THAT(parse_tag("").problem, HasSubstr("empty"));
    EXPECT_THAT(parse_tag("TableStart:x rows=0").problem, HasSubstr("1000"));
    EXPECT_THAT(parse_tag("Image:x \\w wide").problem, HasSubstr("points"));
    for (const char* content : {"a..b", "a.", "{name}", "first name", "#each items", "TableStart:"})
        EXPECT_EQ(parse_tag(content).kind, TagKind::Unknown) << content;
}

TEST(Tags, are_found_in_a_text) {
    const std::vector<FoundTag> found = find_tags("v{{x}} and {{ y }}.");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].begin, 1U);
    EXPECT_EQ(found[0].end, 6U);
    EXPECT_EQ(found[1].tag.name, "y");
}

TEST(Tags, that_are_not_closed_are_text) {
    EXPECT_TRUE(find_tags("{{name").empty());
    EXPECT_TRUE(find_tags("{ {name}}").empty());
    EXPECT_TRUE(find_tags("${signfield:1:y}").empty());
    const std::vector<FoundTag> found = find_tags("{{first {{second}}");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].tag.name, "second");
}

TEST(Tags, have_an_escape) {
    const std::vector<FoundTag> found = find_tags("{{{{name}} {{x}}");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_TRUE(found[0].escape);
    EXPECT_EQ(found[0].end, 4U);
    EXPECT_EQ(found[1].tag.name, "x");
}

}  // namespace
}  // namespace docwright::docgen
