#include "api/http/multipart.h"

#include <gtest/gtest.h>

#include <vector>

namespace docwright::http {
namespace {

struct Part {
    PartHead head;
    std::string data;
    bool ended = false;
};

struct Parts final : PartEvents {
    std::vector<Part> parts;
    Status part_begins(const PartHead& head) override {
        parts.push_back({head, {}, false});
        return success();
    }
    Status part_data(std::string_view bytes) override {
        EXPECT_FALSE(bytes.empty());
        parts.back().data += bytes;
        return success();
    }
    Status part_ends() override {
        parts.back().ended = true;
        return success();
    }
};

// The parts of a body, or its error message as a part named "error", fed in pieces of `piece` bytes.
std::vector<Part> parse(std::string_view body, std::size_t piece = 1'000'000) {
    MultipartParser parser("BOUNDARY");
    Parts events;
    Status status = success();
    for (std::size_t at = 0; at < body.size() && status.ok(); at += piece) status = parser.feed(body.substr(at, piece), events);
    if (status.ok()) status = parser.finish();
    if (!status.ok()) events.parts.push_back({{.name = "error"}, status.error().message, true});
    return events.parts;
}

constexpr std::string_view kUsual =
    "--BOUNDARY\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
    "%PDF\r\n--BOUNDAR\r\n\r\n--BOUNDARYX\r\n-\r\r\n--BOUNDARY--\r\n";

TEST(Multipart, gives_name_file_name_type_and_exact_bytes) {
    std::vector<Part> parts = parse(kUsual);
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_EQ(parts[0].head.name, "file");
    EXPECT_EQ(parts[0].head.file_name, "a.pdf");
    EXPECT_EQ(parts[0].head.content_type, "application/pdf");
    EXPECT_EQ(parts[0].data, "%PDF\r\n--BOUNDAR\r\n\r\n--BOUNDARYX\r\n-\r");
    EXPECT_TRUE(parts[0].ended);
}

TEST(Multipart, gives_the_same_parts_however_the_body_is_cut) {
    for (std::size_t piece = 1; piece < kUsual.size(); ++piece) {
        std::vector<Part> parts = parse(kUsual, piece);
        ASSERT_EQ(parts.size(), 1u) << piece;
        EXPECT_EQ(parts[0].data, "%PDF\r\n--BOUNDAR\r\n\r\n--BOUNDARYX\r\n-\r") << piece;
    }
}

TEST(Multipart, takes_an_empty_part_and_several_parts) {
    std::vector<Part> parts = parse(
        "preamble\r\n--BOUNDARY  \r\ncontent-disposition: form-data; name=one\r\n\r\n\r\n"
        "--BOUNDARY\r\nX-Other: 1\r\nCONTENT-DISPOSITION:form-data;filename=b c.pdf;name=two\r\n\r\nB\r\n--BOUNDARY--epilogue");
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(parts[0].head.name, "one");
    EXPECT_FALSE(parts[0].head.has_file_name);
    EXPECT_EQ(parts[0].data, "");
    EXPECT_EQ(parts[1].head.name, "two");
    EXPECT_EQ(parts[1].head.file_name, "b c.pdf");
    EXPECT_EQ(parts[1].data, "B");
}

TEST(Multipart, takes_heads_with_bare_line_feeds) {
    std::vector<Part> parts = parse("--BOUNDARY\r\nContent-Disposition: form-data; name=\"file\"\n\nB\r\n--BOUNDARY--");
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_EQ(parts[0].data, "B");
}

TEST(Multipart, refuses_a_body_that_ends_early) {
    EXPECT_EQ(parse("--BOUNDARY\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhalf").back().data,
              "The multipart body cannot be read: it ends before the closing boundary.");
}

TEST(Multipart, refuses_a_body_without_its_boundary) {
    EXPECT_EQ(parse("--OTHER\r\n\r\n").back().data,
              "The multipart body cannot be read: the boundary of the Content-Type does not occur in it.");
}

TEST(Multipart, refuses_a_part_without_a_name) {
    EXPECT_EQ(parse("--BOUNDARY\r\nContent-Type: a/b\r\n\r\nB\r\n--BOUNDARY--").back().data,
              "The multipart body cannot be read: a part has no name.");
}

TEST(Multipart, refuses_an_endless_part_head) {
    EXPECT_EQ(parse("--BOUNDARY\r\nX: " + std::string(100'000, 'x'), 1000).back().data,
              "The multipart body cannot be read: the head of a part is too long.");
}

TEST(PartHead, prefers_the_extended_file_name) {
    Result<PartHead> head =
        parse_part_head("Content-Disposition: form-data; name=\"file\"; filename=\"x.pdf\"; filename*=UTF-8''%C3%A4%20b.pdf");
    ASSERT_TRUE(head.ok());
    EXPECT_EQ(head.value().file_name, "\xc3\xa4 b.pdf");
}

TEST(PartHead, keeps_backslashes_of_a_windows_path) {
    Result<PartHead> head = parse_part_head(R"(Content-Disposition: form-data; name="file"; filename="C:\temp\a \"b\".pdf")");
    ASSERT_TRUE(head.ok());
    EXPECT_EQ(head.value().file_name, R"(C:\temp\a "b".pdf)");
}

TEST(Boundary, is_found_quoted_or_not_in_any_case) {
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc").value(), "abc");
    EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"a b;c\"").value(), "a b;c");
    EXPECT_FALSE(multipart_boundary("multipart/form-data").ok());
    EXPECT_FALSE(multipart_boundary("application/json").ok());
    EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=\"\"").ok());
}

}  // namespace
}  // namespace docwright::http
