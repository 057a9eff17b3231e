#include "base/base64.h"

#include <gtest/gtest.h>

namespace docwright {
namespace {

// In pieces of every size, so that no border of a piece matters.
Result<std::string> read(std::string_view text, std::size_t most = 100) {
    Result<std::string> whole = Error{Fault::Internal, "nothing"};
    for (std::size_t piece = text.size() + 1; piece > 0; --piece) {
        Base64Reader reader(most);
        Status added = success();
        std::string bytes;
        for (std::size_t at = 0; added.ok() && at < text.size(); at += piece) {
            added = reader.add(text.substr(at, piece));
            bytes += reader.take_bytes();
        }
        Result<std::string> read = added.ok() ? reader.finish() : Result<std::string>(added.error());
        if (read.ok()) read = bytes + read.value();
        if (piece <= text.size()) {
            EXPECT_EQ(read.ok(), whole.ok()) << text << " in pieces of " << piece;
            if (read.ok() && whole.ok()) {
                EXPECT_EQ(read.value(), whole.value());
            }
        }
        whole = std::move(read);
    }
    return whole;
}

struct Base64Case {
    const char* says;
    const char* text;
    const char* bytes;  // nullptr: refused
};
const Base64Case kBase64Cases[] = {
    {"reads_the_standard_form", "aGVsbG8gd29ybGQ=", "hello world"},
    {"reads_nothing_as_nothing", "", ""},
    {"needs_no_padding", "aGVsbG8gd29ybGQ", "hello world"},
    {"takes_one_sign_of_padding_for_two", "aGVsbA=", "hell"},
    {"takes_line_breaks_and_spaces", "aGVs\r\nbG8g\td29y bGQ=\n", "hello world"},
    {"takes_the_standard_alphabet", "Pz8/Pj4+", "\x3f\x3f\x3f\x3e\x3e\x3e"},
    {"takes_the_alphabet_of_urls", "Pz8_Pj4-", "\x3f\x3f\x3f\x3e\x3e\x3e"},
    {"takes_a_data_uri", "data:application/vnd.openxmlformats;base64,aGVsbG8=", "hello"},
    {"takes_a_data_uri_in_capitals", "DATA:;BASE64,aGVsbG8=", "hello"},
    {"takes_what_only_begins_like_a_data_uri", "dataaGVsbG8", "u\xab\x5a\x68\x65\x6c\x6c\x6f"},
    {"refuses_raw_bytes", "PK\x03\x04 raw", nullptr},
    {"refuses_a_single_left_over_character", "aGVsbG8gd29ybGQab", nullptr},
    {"refuses_characters_after_the_padding", "aGVsbA==aGVsbA==", nullptr},
};

class ReadBase64 : public testing::TestWithParam<Base64Case> {};
TEST_P(ReadBase64, ) {
    const Result<std::string> read_bytes = read(GetParam().text);
    ASSERT_EQ(read_bytes.ok(), GetParam().bytes != nullptr);
    if (GetParam().bytes) {
        EXPECT_EQ(read_bytes.value(), GetParam().bytes);
    }
}
INSTANTIATE_TEST_SUITE_P(, ReadBase64, testing::ValuesIn(kBase64Cases), [](auto& test) { return test.param.says; });

TEST(Base64, takes_the_limit_and_no_byte_more) {
    for (std::size_t size = 8; size < 12; ++size) {
        std::string text;
        append_base64(text, std::string(size, 'x'));
        EXPECT_TRUE(read(text, size).ok()) << size;
        ASSERT_FALSE(read(text, size - 1).ok()) << size;
        EXPECT_EQ(read(text, size - 1).error().fault, Fault::LimitExceeded);
    }
}

TEST(Base64, writes_what_it_reads) {
    std::string bytes;
    for (int i = 0; i < 300; ++i) {
        std::string text;
        append_base64(text, bytes);
        EXPECT_EQ(text.size() % 4, 0U);
        Base64Reader reader(1'000);
        ASSERT_TRUE(reader.add(text).ok());
        EXPECT_EQ(reader.finish().value(), bytes);
        bytes += static_cast<char>(i * 7);
    }
}

}  // namespace
}  // namespace docwright
