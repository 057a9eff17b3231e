#include "api/http/ranges.h"

#include <gtest/gtest.h>

namespace docwright::http {
namespace {

using Kind = ByteRange::Kind;

struct RangeCase {
    const char* says;
    std::string_view value;
    Kind kind;
    std::uint64_t offset, length;
};
const RangeCase kRangeCases[] = {
    {"takes_first_and_last", "bytes=0-9", Kind::Part, 0, 10},
    {"takes_an_open_end", "bytes=90-", Kind::Part, 90, 10},
    {"takes_a_suffix", "bytes=-5", Kind::Part, 95, 5},
    {"cuts_what_lies_beyond_the_end", "bytes=50-1000", Kind::Part, 50, 50},
    {"gives_all_for_a_suffix_longer_than_the_body", "bytes=-1000", Kind::Part, 0, 100},
    {"cannot_start_behind_the_end", "bytes=100-", Kind::NotSatisfiable, 0, 0},
    {"cannot_give_an_empty_suffix", "bytes=-0", Kind::NotSatisfiable, 0, 0},
    {"ignores_several_ranges", "bytes=0-1,5-6", Kind::Whole, 0, 0},
    {"ignores_another_unit", "pages=1-2", Kind::Whole, 0, 0},
    {"ignores_a_backward_range", "bytes=9-0", Kind::Whole, 0, 0},
    {"ignores_nonsense", "bytes=a-b", Kind::Whole, 0, 0},
    {"ignores_a_number_too_large", "bytes=99999999999999999999999-", Kind::Whole, 0, 0},
};
class RequestedRange : public testing::TestWithParam<RangeCase> {};
TEST_P(RequestedRange, ) {
    ByteRange range = requested_range(GetParam().value, 100);
    EXPECT_EQ(range.kind, GetParam().kind);
    EXPECT_EQ(range.offset, GetParam().offset);
    EXPECT_EQ(range.length, GetParam().length);
}
INSTANTIATE_TEST_SUITE_P(, RequestedRange, testing::ValuesIn(kRangeCases), [](auto& test) { return test.param.says; });

TEST(Etag, matches_in_a_list_and_as_a_star) {
    EXPECT_TRUE(etag_matches("\"a\", W/\"b\"", "\"b\""));
    EXPECT_TRUE(etag_matches("*", "\"b\""));
    EXPECT_FALSE(etag_matches("\"a\"", "\"b\""));
    EXPECT_FALSE(etag_matches("", "\"b\""));
}

TEST(FileAnswer, gives_the_whole_file_when_the_if_range_tag_is_old) {
    Request request;
    request.headers = {{"Range", "bytes=0-1"}, {"If-Range", "\"old\""}};
    Response response = file_answer(request, FileDescriptor(), 10, "\"new\"", "a/b");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.length(), 10u);
}

TEST(FileAnswer, says_how_long_the_file_is_when_a_range_cannot_be_served) {
    Request request;
    request.headers = {{"Range", "bytes=10-"}};
    Response response = file_answer(request, FileDescriptor(), 10, "\"x\"", "a/b");
    EXPECT_EQ(response.status, 416);
    EXPECT_EQ(response.headers.back().value, "bytes */10");
}

TEST(ContentDisposition, carries_the_name_twice) {
    EXPECT_EQ(content_disposition("attachment", "\xc3\xa4 \"b\".pdf"),
              "attachment; filename=\"_ _b_.pdf\"; filename*=UTF-8''%C3%A4%20%22b%22.pdf");
}

}  // namespace
}  // namespace docwright::http
