#include "core/operation.h"

#include <gtest/gtest.h>

namespace docwright {
namespace {

enum class Level { Low, High };
constexpr Choice<Level> kLevels[] = {{"LOW", Level::Low}, {"HIGH", Level::High}};
struct Params {
    Level level = Level::Low;
    bool flat = false;
    int dpi = 0;
    PageRange pages;
};

Operation sample() {
    return Operation{
        .name = "sample",
        .route = "POST /documents/modify/sample",
        .aliases = {"POST /documents/sample"},
        .inputs = {{.field = "documentId", .formats = {Format::Pdf}}},
        .example = "{}",
        .body = typed<Params>({required_choice("level", &Params::level, kLevels, "How much."), flag("flat", &Params::flat, false, "Flat."),
                               integer("dpi", &Params::dpi, 72, 300, 150, "Dots per inch."), page_range(&Params::pages)},
                              nullptr)};
}

std::string values(std::string_view body) {
    Result<OperationRequest> request = parse_request(sample(), body);
    return request.ok() ? sorted_json(request.value().values) : request.error().message;
}

TEST(ParseRequest, fills_defaults) {
    EXPECT_EQ(values(R"({"documentId":"a","level":"LOW"})"), R"({"dpi":150,"flat":false,"level":"LOW"})");
}
TEST(ParseRequest, takes_options_in_config_which_wins) {
    EXPECT_EQ(values(R"({"documentId":"a","level":"LOW","config":{"level":"high"}})"), R"({"dpi":150,"flat":false,"level":"HIGH"})");
}
TEST(ParseRequest, treats_null_and_empty_text_as_absent) {
    EXPECT_EQ(values(R"({"documentId":"a","level":"LOW","dpi":null,"password":"","config":null})"),
              R"({"dpi":150,"flat":false,"level":"LOW"})");
}
TEST(ParseRequest, takes_numbers_and_flags_as_text) {
    EXPECT_EQ(values(R"({"documentId":"a","level":"LOW","dpi":"72","flat":"true"})"), R"({"dpi":72,"flat":true,"level":"LOW"})");
}
TEST(ParseRequest, takes_page_ranges_as_text_number_or_list_under_both_names) {
    for (const char* range : {R"("pageRange":"1,3")", R"("pageRanges":[1,"3"])"}) {
        EXPECT_EQ(values(std::string(R"({"documentId":"a","level":"LOW",)") + range + "}"),
                  R"({"dpi":150,"flat":false,"level":"LOW","pageRange":"1,3"})");
    }
}
TEST(ParseRequest, says_what_is_missing_or_wrong) {
    EXPECT_EQ(values("{}"), "documentId is required");
    EXPECT_EQ(values(R"({"documentId":"a"})"), "level is required: one of LOW, HIGH");
    EXPECT_EQ(values(R"({"documentId":"a","level":"MID"})"), R"(level must be one of LOW, HIGH, not "MID".)");
    EXPECT_EQ(values(R"({"documentId":"a","level":"LOW","dpi":10})"), "dpi must be a whole number from 72 to 300, not 10.");
    EXPECT_EQ(values("{"), "The body is not valid JSON (at byte 1).");
    EXPECT_EQ(values("[]"), "The body must be a JSON object.");
    EXPECT_EQ(values(R"({"documentId":7})"), "documentId must be a string: the id that the upload answered.");
}
TEST(OperationAt, finds_routes_and_aliases) {
    const Operation operation = sample();
    const Operation* list[] = {&operation};
    EXPECT_EQ(operation_at(list, "/documents/modify/sample"), &operation);
    EXPECT_EQ(operation_at(list, "/documents/sample"), &operation);
    EXPECT_EQ(operation_at(list, "/documents/other"), nullptr);
}

}  // namespace
}  // namespace docwright
