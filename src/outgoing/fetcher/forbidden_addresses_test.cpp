// Every trick that has led a fetcher astray elsewhere, through the real process, against a listener that must hear of none.
#include <gtest/gtest.h>

#include "outgoing/fetcher/running_fetcher.h"
#include "outgoing/loopback_server.h"

namespace docwright {
namespace {

const std::string kHello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
std::string at(const LoopbackServer& server) { return "http://127.0.0.1:" + server.port() + "/"; }

// All of them mean this machine, one of its networks or a cloud's metadata.
const char* const kHosts[] = {"127.0.0.1",
                              "127.1",
                              "127.0.1",
                              "2130706433",  // decimal
                              "0x7f000001",  // hexadecimal
                              "0x7f.0.0.1",
                              "017700000001",  // octal
                              "0177.0.0.1",
                              "0",
                              "0.0.0.0",
                              "127.0.0.1.",
                              "%31%32%37.0.0.1",
                              "localhost",
                              "LOCALHOST.",
                              "x.localhost",
                              "[::1]",
                              "[::]",
                              "[::ffff:127.0.0.1]",  // IPv4-mapped
                              "[::ffff:7f00:1]",
                              "[::127.0.0.1]",      // IPv4-compatible
                              "[64:ff9b::7f00:1]",  // NAT64
                              "[64:ff9b:1::7f00:1]",
                              "[2002:7f00:1::]",     // 6to4
                              "[2001:0:7f00:1::1]",  // Teredo
                              "[fe80::1]",
                              "[fe80::1%25lo]",
                              "[fd00:ec2::254]",
                              "10.0.0.1",
                              "172.16.0.1",
                              "192.168.0.1",
                              "100.64.0.1",
                              "169.254.169.254",  // metadata
                              "loopback.example",
                              "mapped.example",
                              "nat64.example",
                              "6to4.example",
                              "zero.example",
                              "metadata.example",
                              "mixed.example",  // 8.8.8.8 and 127.0.0.1
                              "user@127.0.0.1",
                              "user:word@loopback.example"};

TEST(ForbiddenAddresses, are_never_dialled_however_they_are_written) {
    const LoopbackServer server(kHello);
    // The port is listed for the open internet, so that only the address can be what refuses.
    const auto fetcher = running_fetcher({.allow_list = {"8.0.0.0/8:" + server.port()}});
    TestSession session(*fetcher);
    for (const char* host : kHosts) {
        for (const char* scheme : {"http://", "https://"}) {
            for (const std::string& port : {":" + server.port(), std::string()})
                EXPECT_EQ(fault_of(session.get({.url = scheme + (host + port) + "/"})), kRefused) << scheme << host << port;
        }
    }
    EXPECT_EQ(server.connections(), 0);
}

TEST(ForbiddenAddresses, have_no_other_scheme_as_a_back_door) {
    const LoopbackServer server(kHello);
    const auto fetcher = running_fetcher({.allow_list = {"127.0.0.1:" + server.port()}});
    TestSession session(*fetcher);
    for (const char* scheme : {"file", "ftp", "gopher", "dict", "ws", "wss", "ldap", "tftp", "jar:http", "view-source:http"})
        EXPECT_EQ(fault_of(session.get({.url = scheme + ("://127.0.0.1:" + server.port() + "/")})), kRefused) << scheme;
    for (const char* url : {"file:///etc/passwd", "data:text/html,hello", "javascript:alert(1)", "about:blank", "blob:http://127.0.0.1/x",
                            "//127.0.0.1/", "/etc/passwd", "", "http:", "http://", "http:127.0.0.1"})
        EXPECT_EQ(fault_of(session.get({.url = url})), kRefused) << url;
    EXPECT_EQ(server.connections(), 0);
}

TEST(ForbiddenAddresses, are_not_reached_by_redirects) {
    const LoopbackServer inner(kHello);
    for (const std::string& location :
         {at(inner), "//127.0.0.1:" + inner.port() + "/", "http://2130706433:" + inner.port() + "/",
          "http://loopback.example:" + inner.port() + "/", std::string("http://169.254.169.254/"), std::string("file:///etc/passwd")}) {
        const LoopbackServer outer("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
        const auto fetcher = running_fetcher({.allow_list = {"127.0.0.1:" + outer.port()}});
        TestSession session(*fetcher);
        // Handed back, not followed; the browser comes with the target, which is judged anew.
        const SessionReply reply = session.get({.url = at(outer)});
        ASSERT_TRUE(answer_of(reply)) << location;
        EXPECT_EQ(answer_of(reply)->status, 302);
        EXPECT_EQ(fault_of(session.get({.url = location.starts_with("//") ? "http:" + location : location})), kRefused) << location;
        EXPECT_EQ(outer.connections(), 1);
    }
    EXPECT_EQ(inner.connections(), 0);
}

TEST(ForbiddenAddresses, redirects_end_where_the_session_has_had_enough_of_them) {
    const LoopbackServer server("HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Length: 0\r\n\r\n");
    const auto fetcher = running_fetcher({.allow_list = {"127.0.0.1:" + server.port()}, .caps = {.redirects = 3}});
    TestSession session(*fetcher);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(answer_of(session.get({.url = at(server)})));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(fault_of(session.get({.url = at(server)})), kOverLimit);
    EXPECT_EQ(server.connections(), 4);
}

TEST(ForbiddenAddresses, are_not_reached_by_a_name_whose_second_answer_is_another) {
    const LoopbackServer server(kHello);
    const auto fetcher = running_fetcher({.allow_list = {"8.8.8.8:" + server.port(), "127.0.0.1:" + server.port()}});
    TestSession session(*fetcher);
    // First 127.0.0.1, which is listed here, then 127.0.0.2.
    const std::string turning = "http://turning.example:" + server.port() + "/";
    EXPECT_TRUE(answer_of(session.get({.url = turning})));
    EXPECT_EQ(fault_of(session.get({.url = turning})), kRefused);
    EXPECT_EQ(server.connections(), 1);

    const auto strict = running_fetcher({.allow_list = {"8.8.8.8:" + server.port()}});
    TestSession other(*strict);
    const std::string rebinding = "http://rebinding.example:" + server.port() + "/";
    EXPECT_EQ(fault_of(other.get({.url = rebinding})), kNotNow);   // 8.8.8.8 was dialled, without an answer
    EXPECT_EQ(fault_of(other.get({.url = rebinding})), kRefused);  // 127.0.0.1 was not
    EXPECT_EQ(server.connections(), 1);
}

TEST(ForbiddenAddresses, ports_stay_closed_unless_they_are_listed) {
    const LoopbackServer server(kHello);
    const auto fetcher = running_fetcher({});
    TestSession session(*fetcher);
    for (const char* url : {"http://8.8.8.8:22/", "http://8.8.8.8:25/", "http://8.8.8.8:8080/", "http://site.example:6379/",
                            "http://8.8.8.8:0/", "http://8.8.8.8:99999/"})
        EXPECT_EQ(fault_of(session.get({.url = url})), kRefused) << url;
    EXPECT_EQ(server.connections(), 0);
}

TEST(ForbiddenAddresses, open_where_the_operator_names_them_and_nowhere_else) {
    const LoopbackServer named(kHello), other(kHello);
    const auto fetcher = running_fetcher({.allow_list = {"site.example:" + named.port()}});
    TestSession session(*fetcher);
    EXPECT_TRUE(answer_of(session.get({.url = "http://site.example:" + named.port() + "/"})));
    EXPECT_EQ(fault_of(session.get({.url = "http://loopback.example:" + named.port() + "/"})), kRefused);
    EXPECT_EQ(fault_of(session.get({.url = at(named)})), kRefused);
    EXPECT_EQ(fault_of(session.get({.url = "http://site.example:" + other.port() + "/"})), kRefused);
    EXPECT_EQ(named.connections(), 1);
    EXPECT_EQ(other.connections(), 0);
}

TEST(ForbiddenAddresses, failures_do_not_tell_what_a_name_resolved_to) {
    const auto fetcher = running_fetcher({});
    TestSession session(*fetcher);
    const SessionReply reply = session.get({.url = "http://loopback.example/"});
    const auto* failure = std::get_if<SessionFailure>(&reply);
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->error.message.find("127."), std::string::npos);
    EXPECT_EQ(failure->error.detail, "");
    EXPECT_EQ(failure->error.reason, "FETCH_FAILED");
}

}  // namespace
}  // namespace docwright
