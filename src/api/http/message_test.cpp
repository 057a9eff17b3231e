#include "api/http/message.h"

#include <gtest/gtest.h>

namespace docwright::http {
namespace {

std::string path_of(std::string_view target) {
    Result<Target> parsed = parse_target(target);
    return parsed.ok() ? parsed.value().path : "refused";
}

TEST(ParseTarget, tolerates_doubled_and_trailing_slashes) {
    EXPECT_EQ(path_of("//pdf-services//api/tasks/1/"), "/pdf-services/api/tasks/1");
    EXPECT_EQ(path_of("/"), "/");
    EXPECT_EQ(path_of("///"), "/");
}

TEST(ParseTarget, takes_the_absolute_form) {
    EXPECT_EQ(path_of("http://host:80/a?b"), "/a");
    EXPECT_EQ(path_of("HTTPS://host"), "/");
}

TEST(ParseTarget, decodes_percent_escapes_once) {
    EXPECT_EQ(path_of("/a%20b%2525"), "/a b%25");
    EXPECT_EQ(path_of("/a%2"), "refused");
    EXPECT_EQ(path_of("/a%zz"), "refused");
    EXPECT_EQ(path_of("/a%00"), "refused");
    EXPECT_EQ(path_of("a"), "refused");
    EXPECT_EQ(path_of("*"), "refused");
}

TEST(ParseTarget, decodes_the_query) {
    Request request;
    request.target = parse_target("/a?filename=my+file%2Bx.pdf&&empty&x=1=2").take();
    ASSERT_TRUE(request.query("filename"));
    EXPECT_EQ(*request.query("filename"), "my file+x.pdf");
    EXPECT_EQ(*request.query("empty"), "");
    EXPECT_EQ(*request.query("x"), "1=2");
    EXPECT_EQ(request.query("none"), nullptr);
}

TEST(Request, finds_headers_in_any_case_but_with_its_underscore) {
    Request request;
    request.headers = {{"Client_ID", "a"}, {"Client-Secret", "b"}};
    ASSERT_TRUE(request.header("client_id"));
    EXPECT_EQ(*request.header("client_id"), "a");
    EXPECT_EQ(request.header("client_secret"), nullptr);
}

TEST(ResponseHead, keeps_every_value_on_its_line) {
    Response response{.status = 200, .headers = {{"X-Name", "a\r\nSet-Cookie: b"}}, .body = "12"};
    EXPECT_EQ(response_head(response, true, "now"),
              "HTTP/1.1 200 OK\r\nDate: now\r\nX-Name: a  Set-Cookie: b\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n");
}

TEST(HttpDate, is_an_imf_fixdate) { EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT"); }

}  // namespace
}  // namespace docwright::http
