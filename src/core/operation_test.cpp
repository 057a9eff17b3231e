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
struct PageParams {
    std::string url;
    double width = 0, left = 0;
    int turn = 0;
};
constexpr Choice<int> kTurns[] = {{"NONE", 0}, {"90", 90}};

std::string page_values(std::string_view body) {
    const Operation operation{
        .name = "page",
        .route = "POST /documents/create/page",
        .inputs = {},
        .example = "{}",
        .body = typed<PageParams>(
            {required_url("url", &PageParams::url, "Where."),
             numbers<PageParams>({.name = "dimension", .members = {"width", "height"}, .all_members = true, .minimum = 1, .maximum = 900},
                                 [](PageParams& params, const std::vector<double>& given) { params.width = given[0]; }),
             numbers<PageParams>({.name = "margin", .members = {"top", "left"}, .minimum = 0, .maximum = 900},
                                 [](PageParams& params, const std::vector<double>& given) { params.left = given[1]; }),
             choice("rotation", &PageParams::turn, kTurns, "Turn.")},
            nullptr)};
    Result<OperationRequest> request = parse_request(operation, body);
    return request.ok() ? sorted_json(request.value().values) : request.error().message;
}

TEST(ParseRequest, needs_no_document_where_the_operation_reads_none) {
    EXPECT_EQ(page_values(R"({"url":"https://a.example/b?c"})"), R"({"rotation":"NONE","url":"https://a.example/b?c"})");
}
TEST(ParseRequest, takes_objects_of_numbers_and_numbers_as_words) {
    EXPECT_EQ(
        page_values(R"({"url":"http://a","config":{"dimension":{"width":"595","height":842},"rotation":90},"margin":{"left":3,"x":1}})"),
        R"({"dimension":{"height":8.42E2,"width":5.95E2},"margin":{"left":3E0},"rotation":"90","url":"http://a"})");
    EXPECT_EQ(page_values(R"({"url":"http://a","dimension":"{\"width\":5,\"height\":6}"})"),
              R"({"dimension":{"height":6E0,"width":5E0},"rotation":"NONE","url":"http://a"})");
    for (const char* dimension : {"{}", R"({"width":5})", R"({"width":0,"height":5})", R"({"width":"x","height":5})", "7", "[1,2]"}) {
        EXPECT_EQ(page_values(std::string(R"({"url":"http://a","dimension":)") + dimension + "}").substr(0, 27),
                  "dimension must be an object")
            << dimension;
    }
}
TEST(ParseRequest, refuses_what_is_no_address_of_the_web) {
    for (const char* url : {"a.example", "ftp://a.example/", "http://", "https:///path", "http://a b/", "http://[", "http://a:99999/",
                            "javascript:1", "file:///etc/passwd", "http://:80/"}) {
        EXPECT_EQ(page_values(std::string(R"({"url":")") + url + "\"}").substr(0, 11), "url must be") << url;
    }
    EXPECT_EQ(page_values(R"({"url":""})"), "url is required");
    for (const char* url : {"HTTP://a.example", "https://user:word@a.example:8443/x#y", "http://[::1]:80/", "http://127.1/"}) {
        EXPECT_EQ(page_values(std::string(R"({"url":")") + url + "\"}").substr(0, 11), R"({"rotation")") << url;
    }
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
