#include "api/docgen/request.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/base64.h"

namespace docwright::docgen_api {
namespace {

std::string text_of(Spool& spool) {
    const FileDescriptor file = spool.read_only().take();
    std::string text(static_cast<std::size_t>(spool.size()), '\0');
    EXPECT_EQ(::pread(file.get(), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
    return text;
}

Result<GivenBody> read(std::string_view body, std::size_t piece = 1'000'000) {
    BodyReader reader;
    for (; !body.empty(); body.remove_prefix(std::min(piece, body.size()))) TRY(reader.add(body.substr(0, piece)));
    return reader.finish();
}

// aGVsbG8= is "hello".
constexpr std::string_view kBody =
    R"({"outputFormat": "pdf", "x": {"outputFormat": "no", "documentValues": [1, {"a": "b"}]}, "base64FileString": "aGVsbG8=",)"
    R"( "documentValues": {"a b": [1, -2.50, 1e300, 12345678901234567890, true, null, {}, []], "q\"\\\u0001": "\ud83d\ude00 \n\/"},)"
    R"( "currencyCulture": "de-DE", "missing": "keep", "verbose": true})";

TEST(RequestBody, is_read_alike_in_pieces_of_every_size) {
    for (std::size_t piece : {1UL, 2UL, 3UL, 7UL, 64UL, 1000UL}) {
        Result<GivenBody> read_body = read(kBody, piece);
        ASSERT_TRUE(read_body.ok()) << piece << ": " << read_body.error().message;
        GivenBody body = std::move(read_body).take();
        EXPECT_EQ(text_of(*body.word_template), "hello");
        EXPECT_EQ(body.output_format, "pdf");
        EXPECT_EQ(body.currency_culture, "de-DE");
        EXPECT_EQ(body.missing, "keep");
        EXPECT_TRUE(body.verbose);
        EXPECT_EQ(text_of(*body.values), R"({"a b":[1,-2.50,1e300,12345678901234567890,true,null,{},[]],"q\"\\\u0001":"😀 \u000a/"})")
            << piece;
    }
}

TEST(RequestBody, takes_values_that_are_a_text_of_json) {
    GivenBody body = read(R"({"base64FileString": "aGVsbG8", "documentValues": "{\"a\": \"\\\"\"}"})", 5).take();
    EXPECT_EQ(text_of(*body.values), R"({"a": "\""})");
}

TEST(RequestBody, lets_the_last_of_a_repeated_key_count) {
    GivenBody body = read(R"({"base64FileString": "eHh4", "documentValues": {"a": 1}, "outputFormat": "pdf",)"
                          R"( "base64FileString": "aGVsbG8", "documentValues": {"b": 2}, "outputFormat": "docx"})")
                         .take();
    EXPECT_EQ(text_of(*body.word_template), "hello");
    EXPECT_EQ(text_of(*body.values), R"({"b":2})");
    EXPECT_EQ(body.output_format, "docx");
}

struct WrongCase {
    const char* says;
    const char* body;
    const char* word;  // of the message
};
const WrongCase kWrongCases[] = {
    {"nothing", "", "JSON"},
    {"an_open_object", R"({"base64FileString": "aGVsbG8")", "JSON"},
    {"something_after_the_end", R"({"base64FileString": "aGVsbG8"} x)", "JSON"},
    {"a_list", "[]", "object"},
    {"a_text", R"("x")", "object"},
    {"a_number", "5", "object"},
    {"no_template", "{}", "base64FileString"},
    {"an_empty_template", R"({"base64FileString": ""})", "base64FileString"},
    {"a_template_of_null", R"({"base64FileString": null})", "base64FileString"},
    {"a_template_that_is_a_number", R"({"base64FileString": 1})", "base64FileString"},
    {"a_template_that_is_an_object", R"({"base64FileString": {}})", "base64FileString"},
    {"raw_bytes", R"({"base64FileString": "PK\u0003\u0004"})", "base64"},
    {"values_that_are_a_list", R"({"documentValues": []})", "documentValues"},
    {"values_that_are_a_number", R"({"documentValues": 1})", "documentValues"},
    {"a_format_that_is_a_number", R"({"outputFormat": 1})", "outputFormat"},
    {"more_depth_than_is_read",
     R"({"documentValues": {"a": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}})", "JSON"},
};

class WrongBody : public testing::TestWithParam<WrongCase> {};
TEST_P(WrongBody, ) {
    for (std::size_t piece : {1UL, 1000UL}) {
        const Result<GivenBody> body = read(GetParam().body, piece);
        ASSERT_FALSE(body.ok());
        EXPECT_EQ(body.error().fault, Fault::InvalidInput);
        EXPECT_TRUE(body.error().message.contains(GetParam().word)) << body.error().message;
    }
}
INSTANTIATE_TEST_SUITE_P(, WrongBody, testing::ValuesIn(kWrongCases), [](auto& test) { return test.param.says; });

TEST(RequestBody, takes_a_template_of_the_limit_and_no_byte_more) {
    const auto body = [](std::size_t bytes) {
        std::string text = R"({"base64FileString": ")";
        append_base64(text, std::string(bytes, 'x'));
        return text + R"("})";
    };
    EXPECT_EQ(read(body(limits::kTemplateFileBytes)).value().word_template->size(), limits::kTemplateFileBytes);
    const Result<GivenBody> larger = read(body(limits::kTemplateFileBytes + 1));
    ASSERT_FALSE(larger.ok());
    EXPECT_TRUE(larger.error().message.contains("4194304")) << larger.error().message;
}

TEST(RequestBody, refuses_values_beyond_their_limit) {
    BodyReader reader;
    ASSERT_TRUE(reader.add(R"({"documentValues": {"a": ")").ok());
    const std::string piece(1024UL * 1024, 'x');
    Status status = success();
    for (std::size_t i = 0; status.ok() && i < 2 * limits::kTemplateValuesBytes / piece.size(); ++i) status = reader.add(piece);
    ASSERT_FALSE(status.ok());
    EXPECT_TRUE(status.error().message.contains("documentValues")) << status.error().message;
}

}  // namespace
}  // namespace docwright::docgen_api
