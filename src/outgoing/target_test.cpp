#include "outgoing/target.h"

#include <gtest/gtest.h>

namespace docwright {
namespace {

struct ReadCase {
    const char* written;
    const char* understood;
};
const ReadCase kReadCases[] = {
    {"http://example.com", "http://example.com/"},
    {"HTTPS://Example.COM/Path?Q=1", "https://example.com/Path?Q=1"},
    {"  http://example.com/a \n", "http://example.com/a"},
    {"http://example.com./", "http://example.com/"},
    {"http://example.com:80/", "http://example.com/"},
    {"https://example.com:443/", "https://example.com/"},
    {"http://example.com:/", "http://example.com/"},
    {"http://example.com:8080/a", "http://example.com:8080/a"},
    {"http://example.com/a#part", "http://example.com/a"},
    {"http://example.com?q", "http://example.com/?q"},
    {"http://example.com/a b|c?d[]=\"e\"", "http://example.com/a%20b%7Cc?d%5B%5D=%22e%22"},
    {"http://example.com/100%/%41", "http://example.com/100%25/%41"},
    {"http://example.com/a/./../b/%2E%2e/c/..", "http://example.com/"},
    {"http://example.com/../a//b/.?../c", "http://example.com/a//b/?../c"},
    {"http://1.2.3.4.example:8080/", "http://1.2.3.4.example:8080/"},
    {"http://example.com/\xc3\xa4", "http://example.com/%C3%A4"},
    {"http://example.com/?u=http://other.example/", "http://example.com/?u=http://other.example/"},
    {"http://xn--bcher-kva.example/", "http://xn--bcher-kva.example/"},
    {"http://my_name.example/", "http://my_name.example/"},
    // every way to write 127.0.0.1
    {"http://127.0.0.1/", "http://127.0.0.1/"},
    {"http://127.0.0.1./", "http://127.0.0.1/"},
    {"http://127.1/", "http://127.0.0.1/"},
    {"http://127.0.1/", "http://127.0.0.1/"},
    {"http://2130706433/", "http://127.0.0.1/"},
    {"http://017700000001/", "http://127.0.0.1/"},
    {"http://0177.0.0.01/", "http://127.0.0.1/"},
    {"http://0x7f000001/", "http://127.0.0.1/"},
    {"http://0X7F.0x0.0x0.0x1/", "http://127.0.0.1/"},
    {"http://0x7f.1/", "http://127.0.0.1/"},
    {"http://%31%32%37.0.0.1/", "http://127.0.0.1/"},
    {"http://[::ffff:127.0.0.1]/", "http://127.0.0.1/"},
    {"http://[::ffff:7f00:1]/", "http://127.0.0.1/"},
    {"http://[0:0:0:0:0:ffff:7f00:0001]/", "http://127.0.0.1/"},
    {"http://0/", "http://0.0.0.0/"},
    {"http://0x/", "http://0.0.0.0/"},
    {"http://[0:0:0:0:0:0:0:1]:8080/", "http://[::1]:8080/"},
    {"http://[64:FF9B::7F00:1]/", "http://[64:ff9b::7f00:1]/"},
};

TEST(Target, reads_a_url_as_browsers_do) {
    for (const ReadCase& test : kReadCases) {
        const Result<Target> target = parse_target(test.written);
        ASSERT_TRUE(target.ok()) << test.written << ": " << target.error().message;
        EXPECT_EQ(target.value().url(), test.understood) << test.written;
    }
}

TEST(Target, knows_an_address_from_a_name) {
    EXPECT_EQ(parse_target("http://0x7f.1/").value().address, parse_address("127.0.0.1"));
    EXPECT_EQ(parse_target("http://[::1]/").value().address, parse_address("::1"));
    EXPECT_FALSE(parse_target("http://7f000001.example/").value().address);
    EXPECT_FALSE(parse_target("http://1.2.3.4.example/").value().address);
    EXPECT_FALSE(parse_target("http://0xyz/").value().address);
}

TEST(Target, refuses_what_can_be_read_in_two_ways) {
    for (const char* url : {"",
                            " ",
                            "example.com",
                            "//example.com/",
                            "/path",
                            "ftp://example.com/",
                            "file:///etc/passwd",
                            "gopher://127.0.0.1/",
                            "data:text/html,x",
                            "javascript:alert(1)",
                            "dict://127.0.0.1:11211/",
                            "ws://example.com/",
                            "http:example.com",
                            "http:/example.com",
                            "http://",
                            "http:///path",
                            "http://:80/",
                            "http://user@example.com/",
                            "http://example.com@127.0.0.1/",
                            "http://user:word@example.com/",
                            "http://example.com\\@127.0.0.1/",
                            "http:\\\\example.com/",
                            "http://exam\tple.com/",
                            "http://example.com/\r\nX: y",
                            "http://a..b/",
                            "http://.example.com/",
                            "http://exa mple.com/",
                            "http://example.com:99999/",
                            "http://example.com:0/",
                            "http://example.com:8a/",
                            "http://256.1/",
                            "http://1.2.3.4.5/",
                            "http://1.2.3.256/",
                            "http://4294967296/",
                            "http://127.0.0.08/",
                            "http://0x7g.1.1.0xzz.1/",
                            "http://1..2/",
                            "http://[fe80::1%25eth0]/",
                            "http://[fe80::1%eth0]/",
                            "http://[::1/",
                            "http://[v1.x]/",
                            "http://[::ffff:127.0.0.256]/",
                            "http://b\xc3\xbc"
                            "cher.example/",
                            "http://b%C3%BCcher.example/",
                            "http://127%E3%80%820.0.1/",
                            "http://\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1/",
                            "http://a%00b.example/",
                            "http://a%2fb.example/",
                            "http://a%40b.example/",
                            "http://[127.0.0.1]/",
                            "http://[::1]x/",
                            "http://[::1]:8:0/",
                            "http://a%2/",
                            "http://%/",
                            "http://a:b:80/"}) {
        const Result<Target> target = parse_target(url);
        ASSERT_FALSE(target.ok()) << url << " became " << target.value().url();
        EXPECT_EQ(target.error().fault, Fault::InvalidInput) << url;
    }
}

TEST(Target, refuses_a_url_that_is_too_long) { EXPECT_FALSE(parse_target("http://example.com/" + std::string(10'000, 'a')).ok()); }

TEST(Target, resolves_the_location_of_a_redirect) {
    const Target base = parse_target("https://example.com/a/b?c").value();
    const ReadCase cases[] = {{"/d", "https://example.com/d"},
                              {"d e", "https://example.com/a/d%20e"},
                              {"../../d", "https://example.com/d"},
                              {"?d", "https://example.com/a/b?d"},
                              {"#d", "https://example.com/a/b?c"},
                              {"//other.example/d", "https://other.example/d"},
                              {"http://127.1:81/", "http://127.0.0.1:81/"},
                              {"/login?to=https://example.com/", "https://example.com/login?to=https://example.com/"}};
    for (const ReadCase& test : cases) {
        const Result<Target> target = resolve_location(base, test.written);
        ASSERT_TRUE(target.ok()) << test.written << ": " << target.error().message;
        EXPECT_EQ(target.value().url(), test.understood) << test.written;
    }
    EXPECT_FALSE(resolve_location(base, "file:///etc/passwd").ok());
    EXPECT_FALSE(resolve_location(base, "http://user:word@example.com/").ok());
}

}  // namespace
}  // namespace docwright
