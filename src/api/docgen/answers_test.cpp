#include "api/docgen/answers.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "api/docgen/spool.h"
#include "base/json.h"
#include "base/write_bytes.h"

namespace docwright::docgen_api {
namespace {

struct RefusalCase {
    const char* says;
    Error error;
    int status;
};
const RefusalCase kRefusalCases[] = {
    {"a_wrong_request", {Fault::InvalidInput, "wrong"}, 400},
    {"a_template_that_is_too_large", {Fault::LimitExceeded, "too large"}, 400},
    {"a_body_that_is_too_large", {Fault::LimitExceeded, "too large", {}, "MAX_UPLOAD_SIZE_EXCEEDED"}, 400},
    {"what_no_engine_reads", {Fault::Unsupported, "no Word file"}, 400},
    {"wrong_credentials", {Fault::Unauthorized, "who?"}, 401},
    {"used_up_credits", {Fault::Forbidden, "none left", {}, "INSUFFICIENT_CREDITS"}, 403},
    {"an_unknown_address", {Fault::NotFound, "nothing here", {}, "ROUTE_NOT_FOUND"}, 404},
    {"a_key_used_twice", {Fault::Conflict, "another request"}, 409},
    {"too_many_requests", {Fault::LimitExceeded, "slow down", {}, "RATE_LIMIT_EXCEEDED"}, 429},
    {"a_crash", {Fault::EngineLost, "lost"}, 500},
    {"a_hang", {Fault::LimitExceeded, "longer than 20 seconds", {}, "TIMEOUT"}, 500},
    {"a_full_server", {Fault::Unavailable, "busy"}, 503},
};

class Refusal : public testing::TestWithParam<RefusalCase> {};
TEST_P(Refusal, ) {
    const http::Response response = refuse(GetParam().error, "req_1");
    EXPECT_EQ(response.status, GetParam().status);
    const json::value body = json::parse(response.body);
    EXPECT_TRUE(body.at("base64FileString").is_null());
    EXPECT_TRUE(body.at("fileExtension").is_null());
    EXPECT_TRUE(std::string_view(body.at("message").as_string()).contains(GetParam().error.message));
    EXPECT_FALSE(body.at("code").as_string().empty());
    EXPECT_EQ(body.at("requestId").as_string(), "req_1");
}
INSTANTIATE_TEST_SUITE_P(, Refusal, testing::ValuesIn(kRefusalCases), [](auto& test) { return test.param.says; });

GeneratedFile file_of(const std::string& bytes, bool verbose) {
    GeneratedFile generated{.file = nameless_file(Room::Memory).take(), .extension = "pdf", .warnings = {"w"}, .verbose = verbose};
    EXPECT_TRUE(write_bytes(generated.file.get(), bytes).ok());
    return generated;
}

TEST(Answer, has_three_keys_and_warnings_when_asked_for) {
    EXPECT_EQ(answer_with(file_of("hello", false)).value().body,
              R"({"base64FileString":"aGVsbG8=","fileExtension":"pdf","message":"PDF Document Generated Successfully"})");
    EXPECT_EQ(answer_with(file_of("", true)).value().body,
              R"({"base64FileString":"","fileExtension":"pdf","message":"PDF Document Generated Successfully","warnings":["w"]})");
}

TEST(Answer, of_a_large_document_is_sent_from_a_file) {
    const http::Response response = answer_with(file_of(std::string(5'000'000, 'x'), false)).take();
    ASSERT_TRUE(response.file);
    EXPECT_TRUE(response.body.empty());
    std::string text(static_cast<std::size_t>(response.file->length), '\0');
    ASSERT_EQ(::pread(response.file->file.get(), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
    EXPECT_EQ(json::parse(text).at("base64FileString").as_string().size(), 6'666'668U);
}

}  // namespace
}  // namespace docwright::docgen_api
