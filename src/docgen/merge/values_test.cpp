#include "docgen/merge/values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace docwright::docgen {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Values : public ::testing::Test {
protected:
    std::string show(std::string_view tag) { return show_in(Scope(values), tag); }
    std::string show_in(const Scope& scope, std::string_view tag) {
        return shown(parse_tag(tag), scope, settings, [this](std::string warning) { warnings.push_back(std::move(warning)); });
    }

    json::value values = json::parse(R"({
        "name": "Ann", "n": 12, "part": 0.08, "whole": 195.0, "big": 1e21, "yes": true, "nothing": null, "lines": "one\r\ntwo\tthree\u0007",
        "customer": {"name": "Bob", "address": {"city": "Paris"}, "a.b": "dotted"}, "customer.name": "literal", "list": ["a", 2, null],
        "objects": [{"x": 1}], "amount": "2500", "day": "2024-01-15", "words": "soon", "items": [{"name": "pen", "tags": ["red"]}], "row": [[5, 6]]})");
    MergeSettings settings{.today = {.year = 2025, .month = 7, .day = 28}};
    std::vector<std::string> warnings;
};

TEST_F(Values, are_shown_as_json_has_them) {
    EXPECT_EQ(show("name"), "Ann");
    EXPECT_EQ(show("n"), "12");
    EXPECT_EQ(show("part"), "0.08");
    EXPECT_EQ(show("whole"), "195");
    EXPECT_EQ(show("big"), "1000000000000000000000");
    EXPECT_EQ(show("yes"), "true");
    EXPECT_EQ(show("lines"), "one\ntwo\tthree");
    EXPECT_EQ(show("list"), "a, 2, ");
}

TEST_F(Values, that_are_missing_are_empty) {
    for (const char* tag : {"nothing", "missing", "customer.missing", "name.first", "customer.address.city.part", "missing \\# 0"})
        EXPECT_EQ(show(tag), "") << tag;
    EXPECT_TRUE(warnings.empty());
}

TEST_F(Values, that_are_no_single_value_are_empty_with_a_warning) {
    EXPECT_EQ(show("customer"), "");
    EXPECT_EQ(show("objects"), "");
    EXPECT_THAT(warnings, ElementsAre(HasSubstr("{{customer}} is an object"), HasSubstr("{{objects}} is a list of objects")));
}

TEST_F(Values, are_found_by_path_unless_the_key_has_the_dots) {
    EXPECT_EQ(show("customer.address.city"), "Paris");
    EXPECT_EQ(show("customer.name"), "literal");
    EXPECT_EQ(show("customer.a.b"), "dotted");
}

TEST_F(Values, of_loops_come_from_the_item_first_and_then_from_outside) {
    const json::value& item = values.at("items").at(0);
    const Scope document(values), scope = document.inside(item, 3);
    EXPECT_EQ(show_in(scope, "name"), "pen");
    EXPECT_EQ(show_in(scope, "n"), "12");
    EXPECT_EQ(show_in(scope, "ROW_NUMBER"), "3");
    EXPECT_EQ(show("ROW_NUMBER"), "");
    const Scope inner = scope.inside(item.at("tags").at(0), 1);
    EXPECT_EQ(show_in(inner, "."), "red");
    EXPECT_EQ(show_in(inner, "value"), "red");
    EXPECT_EQ(show_in(inner, "name"), "pen");
    EXPECT_EQ(show_in(Scope(values).inside(values.at("row").at(0), 1), "1"), "6");
}

TEST_F(Values, take_pictures) {
    EXPECT_EQ(show("amount \\# \"$#,##0.00\""), "$2,500.00");
    EXPECT_EQ(show("amount \\# Currency"), "$2,500.00");
    EXPECT_EQ(show("part \\# 0.00%"), "0.08%");
    EXPECT_EQ(show("words \\# 0.00"), "soon");
    EXPECT_EQ(show("amount \\# Dollars"), "");
    EXPECT_EQ(show("day \\@ MM/dd/yyyy"), "01/15/2024");
    EXPECT_EQ(show("words \\@ MM/dd/yyyy"), "soon");
    EXPECT_EQ(show("name \\* Upper"), "ANN");
    EXPECT_EQ(show("amount \\# 0 \\* Roman"), "MMD");
    settings.culture = "de-DE";
    EXPECT_EQ(show("amount \\# currency"), "2.500,00\u00A0€");
}

TEST_F(Values, know_today) {
    EXPECT_EQ(show("today"), "07/28/2025");
    EXPECT_EQ(show("today \\@ d.M.yy"), "28.7.25");
    values.as_object()["today"] = "2020-01-02";
    EXPECT_EQ(show("today"), "2020-01-02");
}

TEST_F(Values, decide_conditions) {
    const Scope scope(values);
    for (const char* good : {"If:name", "If:yes", "If:customer", "If:list", "If:name = \"Ann\"", "If:n = 12"})
        EXPECT_TRUE(holds(parse_tag(good), scope)) << good;
    for (const char* bad : {"If:missing", "If:nothing", "If:name = \"ann\"", "If:customer = \"\"", "If:missing = \"\""})
        EXPECT_FALSE(holds(parse_tag(bad), scope)) << bad;
    const json::value empty = json::object{{"x", json::array()}};
    EXPECT_FALSE(holds(parse_tag("If:x"), Scope(empty)));
}

TEST_F(Values, of_any_kind_can_be_looped_over) {
    EXPECT_EQ(Items(&values.at("list")).size(), 3U);
    EXPECT_EQ(Items(&values.at("customer")).size(), 1U);
    EXPECT_EQ(Items(nullptr).size(), 0U);
    EXPECT_EQ(Items(&values.at("nothing")).size(), 0U);
}

}  // namespace
}  // namespace docwright::docgen
