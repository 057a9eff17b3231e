#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "docgen/report/analysis.h"
#include "docgen/report/values_schema.h"
#include "docgen/report/walk.h"
#include "docgen/test_documents.h"

namespace docwright::docgen {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string row(const std::string& first, const std::string& second) {
    return "<w:tr><w:tc>" + paragraph_of(first) + "</w:tc><w:tc>" + paragraph_of(second) + "</w:tc></w:tr>";
}

const std::string& invoice_docx() {
    static const std::string kDocx =
        small_docx(paragraph_of("{{customer.name}} {{ today \\@ MM/dd/yyyy }} {{total \\# \"0.00\"}} {{customer.name}}") + "<w:tbl>" +
                       row("{{TableStart:lines}}{{ROW_NUMBER}} {{name}}",
                           "{{price \\# Currency}} {{due \\@ \"dd.MM.yyyy HH:mm\"}}{{TableEnd:lines}}") +
                       row("", "{{=SUM(ABOVE)}}") + "</w:tbl>",
                   "{{company}}");
    return kDocx;
}

WordTemplate invoice() { return WordTemplate::open(invoice_docx()).take(); }

TEST(TagLists, are_what_clients_split_at_commas) {
    const TagList list = list_tags(invoice());
    EXPECT_EQ(list.single_tags, "customer.name,total,company");
    EXPECT_EQ(list.double_tags, "lines,lines.name,lines.price,lines.due");
}

TEST(TagLists, say_of_every_tag_what_it_is_and_where) {
    const TagList list = list_tags(invoice());
    std::vector<std::string> kinds;
    for (const json::value& tag : list.tags)
        kinds.emplace_back(std::string(tag.at("kind").as_string()) + " " + std::string(tag.at("name").as_string()));
    EXPECT_THAT(kinds, ElementsAre("scalar customer.name", "builtin today", "scalar total", "scalar customer.name", "loop lines",
                                   "builtin ROW_NUMBER", "scalar name", "scalar price", "scalar due", "formula SUM", "scalar company"));
    EXPECT_EQ(json::serialize(list.tags[7]),
              R"({"name":"price","kind":"scalar","text":"{{price \\# Currency}}","switch":"\\# Currency","location":"body","loop":"lines",)"
              R"("paragraph":3,"table":1,"row":1})");
    EXPECT_EQ(list.tags[10].at("location").as_string(), "header");
}

TEST(Coverage, names_tags_without_a_value_and_values_without_a_tag) {
    const json::value values = json::parse(
        R"({"customer": {"name": "Ann", "age": 5}, "lines": [{"name": "a", "price": 1, "note": "x"}, {"name": "b", "due": null}],)"
        R"( "other": {"a": 1, "b": [1, 2]}})");
    const Coverage coverage = coverage_of(invoice(), values);
    EXPECT_THAT(coverage.unfilled, ElementsAre(UnfilledTag{"total", ""}, UnfilledTag{"due", "lines"}, UnfilledTag{"price", "lines"},
                                               UnfilledTag{"company", ""}));
    EXPECT_THAT(coverage.unused, ElementsAre("customer.age", "lines.note", "other"));
}

TEST(Coverage, is_complete_when_everything_fits) {
    const json::value values =
        json::parse(R"({"customer": {"name": "Ann"}, "total": 0, "company": "", "lines": [{"name": "a", "price": 1, "due": ""}]})");
    const Coverage coverage = coverage_of(invoice(), values);
    EXPECT_THAT(coverage.unfilled, IsEmpty());
    EXPECT_THAT(coverage.unused, IsEmpty());
}

TEST(Coverage, finds_values_of_outer_levels_and_misses_lists) {
    const json::value values = json::parse(R"({"customer": {"name": ""}, "total": 1, "company": "x", "price": 3})");
    EXPECT_THAT(coverage_of(invoice(), values).unfilled, ElementsAre(UnfilledTag{"lines", ""}));
    EXPECT_THAT(coverage_of(invoice(), values).unused, ElementsAre("price"));
}

TEST(Coverage, counts_what_conditions_ask_for_as_used) {
    const std::string docx = small_docx(paragraph_of("{{If:vip}}") + paragraph_of("{{discount}}") + paragraph_of("{{EndIf:vip}}"));
    const WordTemplate word = WordTemplate::open(docx).take();
    EXPECT_THAT(coverage_of(word, json::parse(R"({"vip": false, "x": 1})")).unused, ElementsAre("x"));
    EXPECT_THAT(coverage_of(word, json::parse("{}")).unfilled, ElementsAre(UnfilledTag{"discount", ""}));
    EXPECT_EQ(json::serialize(values_schema(word).at("properties").at("vip")), R"({"type":["boolean","string","number","null"]})");
}

TEST(ValuesSchema, has_objects_for_dotted_names_arrays_for_loops_and_meanings_for_pictures) {
    const json::object schema = values_schema(invoice());
    const json::value properties = schema.at("properties");
    EXPECT_EQ(schema.at("type").as_string(), "object");
    EXPECT_EQ(json::serialize(properties.at("customer")),
              R"({"type":"object","properties":{"name":{"type":["string","number","boolean","null"]}}})");
    EXPECT_EQ(json::serialize(properties.at("total")), R"({"type":["number","string"],"description":"Shown as 0.00"})");
    EXPECT_EQ(json::serialize(properties.at("lines").at("items").at("properties").at("due")),
              R"({"type":"string","format":"date-time","description":"Shown as dd.MM.yyyy HH:mm"})");
    EXPECT_FALSE(properties.as_object().contains("today"));
}

}  // namespace
}  // namespace docwright::docgen
