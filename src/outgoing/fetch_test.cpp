// The whole client against servers on loopback that count what reaches them. Names are answered by the test.
#include "outgoing/fetch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <thread>

#include "base/temporary_folder.h"
#include "outgoing/loopback_server.h"

namespace docwright {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kHello = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

// The system's sockets; names as the test says, one answer after the other where a name has several.
Network network_with(std::map<std::string, std::vector<std::vector<std::string>>> names) {
    Network network = system_network();
    network.resolve = [names = std::move(names)](const std::string& name, Deadline) mutable -> Result<std::vector<Address>> {
        auto found = names.find(name);
        if (found == names.end() || found->second.empty()) return Error{Fault::InvalidInput, "no such name", {}, "FETCH_FAILED"};
        std::vector<Address> addresses;
        for (const std::string& text : found->second.front()) addresses.push_back(*parse_address(text));
        if (found->second.size() > 1) found->second.erase(found->second.begin());
        return addresses;
    };
    return network;
}

Client client_of(std::vector<std::string> allow_list, Network network = network_with({}), const std::string& extra_issuers = "") {
    return open_client({.allow_list = std::move(allow_list), .extra_issuers = extra_issuers}, std::move(network)).take();
}

Client client_for(const LoopbackServer& server) { return client_of({"127.0.0.1:" + server.port()}); }
std::string at(const LoopbackServer& server, const std::string& resource = "/") { return "http://127.0.0.1:" + server.port() + resource; }

std::string redirect_to(const std::string& location) {
    return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 4\r\n\r\nmove";
}

TEST(Fetch, gives_status_headers_and_body) {
    const LoopbackServer server(kHello);
    const Result<Answer> answer = fetch(client_for(server), {.url = at(server, "/a?b=c#d")});
    ASSERT_TRUE(answer.ok()) << answer.error().message << answer.error().detail;
    EXPECT_EQ(answer.value().status, 200);
    EXPECT_EQ(answer.value().header("content-type"), "text/plain");
    EXPECT_EQ(answer.value().body, "hello");
    EXPECT_EQ(answer.value().body_bytes, 5U);
    EXPECT_EQ(answer.value().url, at(server, "/a?b=c"));
    EXPECT_THAT(server.requests().at(0), HasSubstr("GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n"));
}

TEST(Fetch, sends_neither_cookies_nor_credentials_nor_asks_for_compression) {
    const LoopbackServer server(kHello);
    const Result<Answer> answer = fetch(client_for(server), {.url = at(server),
                                                             .headers = {{"Cookie", "a=b"},
                                                                         {"Authorization", "secret"},
                                                                         {"Proxy-Authorization", "secret"},
                                                                         {"Host", "other.example"},
                                                                         {"Accept-Encoding", "gzip"},
                                                                         {"X-Kept", "yes"}}});
    ASSERT_TRUE(answer.ok());
    const std::string request = server.requests().at(0);
    EXPECT_THAT(request, Not(HasSubstr("a=b")));
    EXPECT_THAT(request, Not(HasSubstr("secret")));
    EXPECT_THAT(request, Not(HasSubstr("other.example")));
    EXPECT_THAT(request, Not(HasSubstr("gzip")));
    EXPECT_THAT(request, HasSubstr("X-Kept: yes\r\n"));
}

TEST(Fetch, sends_a_body) {
    const LoopbackServer server(kHello);
    ASSERT_TRUE(
        fetch(client_for(server), {.url = at(server), .method = "POST", .headers = {{"Content-Type", "text/plain"}}, .body = "ping"}).ok());
    EXPECT_THAT(server.requests().at(0), HasSubstr("Content-Length: 4\r\n"));
}

TEST(Fetch, refuses_headers_that_would_split_the_request) {
    const LoopbackServer server(kHello);
    EXPECT_FALSE(fetch(client_for(server), {.url = at(server), .headers = {{"X-A", "b\r\nHost: c"}}}).ok());
    EXPECT_FALSE(fetch(client_for(server), {.url = at(server), .headers = {{"X-A\r\nX-B", "c"}}}).ok());
    EXPECT_FALSE(fetch(client_for(server), {.url = at(server), .method = "GET / HTTP/1.1\r\nX:"}).ok());
    EXPECT_EQ(server.connections(), 0);
}

TEST(Fetch, writes_the_body_to_a_descriptor) {
    const LoopbackServer server(kHello);
    const FileDescriptor file(::memfd_create("body", MFD_CLOEXEC));
    const Result<Answer> answer = fetch(client_for(server), {.url = at(server), .body_descriptor = file.get()});
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer.value().body, "");
    EXPECT_EQ(answer.value().body_bytes, 5U);
    char bytes[8] = {};
    EXPECT_EQ(::pread(file.get(), bytes, sizeof bytes, 0), 5);
    EXPECT_STREQ(bytes, "hello");
}

struct WireCase {
    const char* says;
    std::string answer;
    int status;  // 0: an error
    std::string body;
};
const WireCase kWireCases[] = {
    {"chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nX-Late: 1\r\n\r\n", 200, "hello"},
    {"until_the_end", "HTTP/1.1 200 OK\r\n\r\nhello", 200, "hello"},
    {"http_1_0", "HTTP/1.0 200 OK\r\n\r\nhello", 200, "hello"},
    {"nothing", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""},
    {"an_error_of_the_server", "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone", 404, "none"},
    {"interim_answers", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + kHello, 200, "hello"},
    {"a_redirect_to_nowhere", "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", 302, ""},
    {"too_short", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", 0, ""},
    {"an_open_chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", 0, ""},
    {"half_a_head", "HTTP/1.1 200 OK\r\nContent-", 0, ""},
    {"silence", "", 0, ""},
    {"another_protocol", "220 mail.example ESMTP\r\n", 0, ""},
    {"a_switch_of_protocols", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", 0, ""},
    {"a_status_that_is_none", "HTTP/1.1 051 Odd\r\n\r\nhello", 0, ""},
    {"two_lengths", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 0, ""},
    {"compression_unasked", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", 0, ""},
    {"a_head_without_end", "HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x'), 0, ""},
    {"a_chunk_line_without_end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" + std::string(200'000, 'x'), 0, ""},
    {"a_head_of_many_fields",
     [] {
         std::string many = "HTTP/1.1 200 OK\r\n";
         for (int i = 0; i < 10'000; ++i) many += "X: yyyyyy\r\n";
         return many + "Content-Length: 0\r\n\r\n";
     }(),
     0, ""},
    {"interim_answers_for_ever",
     [] {
         std::string many;
         for (int i = 0; i < 100; ++i) many += "HTTP/1.1 102 Processing\r\n\r\n";
         return many + kHello;
     }(),
     0, ""},
};

TEST(Fetch, reads_what_servers_say) {
    for (const WireCase& test : kWireCases) {
        const LoopbackServer server(test.answer);
        const Result<Answer> answer = fetch(client_for(server), {.url = at(server)});
        ASSERT_EQ(answer.ok(), test.status != 0) << test.says;
        if (answer.ok()) {
            EXPECT_EQ(answer.value().status, test.status) << test.says;
            EXPECT_EQ(answer.value().body, test.body) << test.says;
            EXPECT_EQ(answer.value().header("x-late"), "") << test.says;
        } else {
            EXPECT_EQ(answer.error().reason, "FETCH_FAILED") << test.says;
        }
    }
}

TEST(Fetch, leaves_the_body_out_of_an_answer_to_head) {
    const LoopbackServer server("HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n");
    const Result<Answer> answer = fetch(client_for(server), {.url = at(server), .method = "HEAD"});
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    EXPECT_EQ(answer.value().header("content-length"), "5000000000");
}

TEST(Fetch, keeps_cookies_of_a_server_from_the_caller) {
    const LoopbackServer server("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(fetch(client_for(server), {.url = at(server)}).value().header("set-cookie"), "");
}

// Each way to reach a server on this machine: none gets as far as a connection.
TEST(Fetch, reaches_nothing_private_by_any_trick) {
    const LoopbackServer server(kHello);
    const std::string port = ":" + server.port() + "/";
    std::vector<std::string> urls;
    for (const char* host : {"127.0.0.1",
                             "localhost",
                             "LocalHost.",
                             "x.localhost",
                             "127.1",
                             "127.0.1",
                             "2130706433",
                             "0x7f000001",
                             "0x7f.1",
                             "017700000001",
                             "0177.1",
                             "0",
                             "0.0.0.0",
                             "127.0.0.1.",
                             "%31%32%37.0.0.1",
                             "[::1]",
                             "[::]",
                             "[::ffff:127.0.0.1]",
                             "[::ffff:7f00:1]",
                             "[::127.0.0.1]",
                             "[64:ff9b::127.0.0.1]",
                             "[64:ff9b:1::7f00:1]",
                             "[2002:7f00:1::]",
                             "[2001:0:7f00:1::1]",
                             "[fe80::1]",
                             "[fe80::1%25lo]",
                             "169.254.169.254",
                             "[fd00:ec2::254]",
                             "user@127.0.0.1",
                             "loopback.example",
                             "mapped.example",
                             "nat64.example",
                             "mixed.example",
                             "zero.example"})
        for (const char* scheme : {"http://", "https://"}) urls.push_back(scheme + (host + port));
    for (const char* scheme : {"file", "ftp", "gopher", "dict", "ws", "data"}) urls.push_back(scheme + ("://127.0.0.1" + port));
    // The port is listed everywhere on the open internet, so that only the address can be what refuses.
    Network network = network_with({{"loopback.example", {{"127.0.0.1"}}},
                                    {"mapped.example", {{"::ffff:127.0.0.1"}}},
                                    {"nat64.example", {{"64:ff9b::7f00:1"}}},
                                    {"mixed.example", {{"8.8.8.8", "127.0.0.1"}}},
                                    {"zero.example", {{"0.0.0.0"}}},
                                    {"localhost", {{"127.0.0.1"}}},
                                    {"x.localhost", {{"127.0.0.1"}}}});
    int dialled = 0;
    network.dial = [&dialled](const Address& address, std::uint16_t number, Deadline deadline) {
        ++dialled;
        return system_network().dial(address, number, deadline);
    };
    const Client client = client_of({"8.0.0.0/8:" + server.port()}, std::move(network));
    for (const std::string& url : urls) {
        const Result<Answer> answer = fetch(client, {.url = url});
        ASSERT_FALSE(answer.ok()) << url;
        EXPECT_EQ(answer.error().fault, Fault::InvalidInput) << url;
        EXPECT_EQ(answer.error().reason, "FETCH_FAILED") << url;
    }
    EXPECT_EQ(dialled, 0);
    EXPECT_EQ(server.connections(), 0);
}

TEST(Fetch, dials_the_address_that_was_checked_and_asks_no_second_time) {
    const LoopbackServer server(kHello);
    std::vector<std::string> dialled;
    // First a public answer, then loopback: a second look-up would be led astray.
    Network network = network_with({{"rebinding.example", {{"8.8.8.8"}, {"127.0.0.1"}}}});
    network.dial = [&](const Address& address, std::uint16_t, Deadline) -> Result<FileDescriptor> {
        dialled.push_back(address_text(address));
        return Error{Fault::Unavailable, "not in a test", {}, "FETCH_FAILED"};
    };
    const Client client = client_of({"8.8.8.8:" + server.port()}, std::move(network));
    EXPECT_FALSE(fetch(client, {.url = "http://rebinding.example:" + server.port() + "/"}).ok());
    EXPECT_EQ(dialled, std::vector<std::string>{"8.8.8.8"});
    // The next fetch resolves anew, and is refused.
    const Result<Answer> second = fetch(client, {.url = "http://rebinding.example:" + server.port() + "/"});
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().fault, Fault::InvalidInput);
    EXPECT_EQ(server.connections(), 0);
}

TEST(Fetch, judges_a_name_anew_when_a_redirect_comes_back_to_it) {
    const LoopbackServer outer(redirect_to("/again"));
    // 127.0.0.1 is listed, 127.0.0.2 is what the second answer turns to.
    const Client client = client_of({"127.0.0.1:" + outer.port()}, network_with({{"rebinding.example", {{"127.0.0.1"}, {"127.0.0.2"}}}}));
    const Result<Answer> answer = fetch(client, {.url = "http://rebinding.example:" + outer.port() + "/"});
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().fault, Fault::InvalidInput);
    EXPECT_EQ(outer.connections(), 1);
}

TEST(Fetch, refuses_a_redirect_to_what_may_not_be_fetched) {
    const LoopbackServer inner(kHello);
    for (const std::string& location :
         {at(inner), "//127.0.0.1:" + inner.port() + "/", "http://2130706433:" + inner.port() + "/",
          "http://[::ffff:127.0.0.1]:" + inner.port() + "/", "http://inner.example:" + inner.port() + "/",
          std::string("http://169.254.169.254/latest/meta-data/"), std::string("file:///etc/passwd"), std::string("gopher://127.0.0.1/")}) {
        const LoopbackServer outer(redirect_to(location));
        const Client client = client_of({"127.0.0.1:" + outer.port()}, network_with({{"inner.example", {{"127.0.0.1"}}}}));
        const Result<Answer> answer = fetch(client, {.url = at(outer)});
        ASSERT_FALSE(answer.ok()) << location;
        EXPECT_EQ(answer.error().fault, Fault::InvalidInput) << location;
        EXPECT_EQ(outer.connections(), 1) << location;
    }
    EXPECT_EQ(inner.connections(), 0);
}

TEST(Fetch, follows_redirects_and_keeps_only_the_last_body) {
    const LoopbackServer server([](const std::string& request, const LoopbackServer::Send& send) {
        send(request.starts_with("GET /end ") ? kHello : redirect_to("end"));
    });
    const Result<Answer> answer = fetch(client_for(server), {.url = at(server, "/begin")});
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    EXPECT_EQ(answer.value().body, "hello");
    EXPECT_EQ(answer.value().url, at(server, "/end"));
}

TEST(Fetch, follows_ten_redirects_and_no_more) {
    const LoopbackServer server(redirect_to("/"));
    EXPECT_FALSE(fetch(client_for(server), {.url = at(server)}).ok());
    EXPECT_EQ(server.connections(), 11);
}

TEST(Fetch, hands_a_redirect_back_when_asked_to) {
    const LoopbackServer server(redirect_to("http://169.254.169.254/"));
    const Result<Answer> answer = fetch(client_for(server), {.url = at(server), .follow_redirects = false});
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer.value().status, 302);
    EXPECT_EQ(answer.value().header("location"), "http://169.254.169.254/");
    EXPECT_EQ(answer.value().body, "move");
    EXPECT_EQ(fetch(client_for(server), {.url = at(server), .method = "POST"}).value().status, 302);
}

TEST(Fetch, ends_when_the_body_grows_too_long) {
    const std::string endless(64 * 1024, 'x');
    for (const char* head : {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n"}) {
        const LoopbackServer server([&](const std::string&, const LoopbackServer::Send& send) {
            for (bool there = send(head); there;) there = send(endless);
        });
        const Result<Answer> answer = fetch(client_for(server), {.url = at(server), .body_bytes = 1'000'000});
        ASSERT_FALSE(answer.ok());
        EXPECT_EQ(answer.error().fault, Fault::LimitExceeded);
    }
    const LoopbackServer exact(kHello);
    EXPECT_TRUE(fetch(client_for(exact), {.url = at(exact), .body_bytes = 5}).ok());
    EXPECT_FALSE(fetch(client_for(exact), {.url = at(exact), .body_bytes = 4}).ok());
}

TEST(Fetch, ends_when_a_server_is_too_slow) {
    // An endless body of single bytes: never idle for long, never done.
    const LoopbackServer dripping([](const std::string&, const LoopbackServer::Send& send) {
        for (bool there = send("HTTP/1.1 200 OK\r\n\r\n"); there; std::this_thread::sleep_for(std::chrono::milliseconds(5)))
            there = send("x");
    });
    const Result<Answer> answer = fetch(client_for(dripping), {.url = at(dripping), .total_ms = 200});
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().fault, Fault::Unavailable);
}

TEST(Fetch, ends_when_a_connection_or_a_name_takes_too_long) {
    Network slow = network_with({});
    slow.resolve = [](const std::string& name, Deadline deadline) -> Result<std::vector<Address>> {
        std::this_thread::sleep_until(deadline);
        return Error{Fault::Unavailable, name + " could not be looked up in time.", {}, "FETCH_FAILED"};
    };
    const Result<Answer> unnamed = fetch(client_of({}, std::move(slow)), {.url = "http://slow.example/", .connect_ms = 50});
    ASSERT_FALSE(unnamed.ok());
    EXPECT_EQ(unnamed.error().fault, Fault::Unavailable);
    // A server that takes the connection and never shakes hands.
    const LoopbackServer mute(kHello);
    const Client client = client_for(mute);
    const Result<Answer> unshaken = fetch(client, {.url = "https://127.0.0.1:" + mute.port() + "/", .connect_ms = 100});
    ASSERT_FALSE(unshaken.ok());
    EXPECT_EQ(unshaken.error().fault, Fault::Unavailable);
}

TEST(Fetch, tries_the_next_address_where_one_does_not_answer) {
    const LoopbackServer server(kHello);
    // Nothing listens at this port of 127.0.0.2.
    const Client client = client_of({"site.example:" + server.port()}, network_with({{"site.example", {{"127.0.0.2", "127.0.0.1"}}}}));
    const Result<Answer> answer = fetch(client, {.url = "http://site.example:" + server.port() + "/"});
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    EXPECT_EQ(address_text(answer.value().address), "127.0.0.1");
    EXPECT_THAT(server.requests().at(0), HasSubstr("Host: site.example:" + server.port() + "\r\n"));
}

TEST(Fetch, says_so_when_nothing_listens) {
    std::string port;
    { port = LoopbackServer(kHello).port(); }
    const Result<Answer> answer = fetch(client_of({"127.0.0.1:" + port}), {.url = "http://127.0.0.1:" + port + "/"});
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().fault, Fault::Unavailable);
}

struct TlsCase {
    const char* says;
    const char* names;
    long valid_seconds;
    bool issuer_trusted;
    const char* host;
    bool allowed;
};
const TlsCase kTlsCases[] = {
    {"an_unknown_issuer_is_refused", "DNS:site.example", 3600, false, "site.example", false},
    {"a_known_issuer_is_trusted", "DNS:site.example", 3600, true, "site.example", true},
    {"a_certificate_for_another_name_is_refused", "DNS:other.example", 3600, true, "site.example", false},
    {"a_certificate_that_has_expired_is_refused", "DNS:site.example", -60, true, "site.example", false},
    {"an_address_needs_a_certificate_for_it", "DNS:127.0.0.1", 3600, true, "127.0.0.1", false},
    {"an_address_may_have_a_certificate", "IP:127.0.0.1", 3600, true, "127.0.0.1", true},
};

TEST(Fetch, speaks_tls_only_with_whom_it_was_asked_for) {
    const TemporaryFolder folder;
    for (const TlsCase& test : kTlsCases) {
        const Certificates certificates(test.names, test.valid_seconds);
        const std::string issuer = (folder.path / "issuer.pem").string();
        certificates.write_issuer(issuer);
        const LoopbackServer server(kHello, &certificates);
        const Client client =
            client_of({"127.0.0.1:" + server.port()}, network_with({{"site.example", {{"127.0.0.1"}}}}), test.issuer_trusted ? issuer : "");
        const Result<Answer> answer = fetch(client, {.url = "https://" + (test.host + (":" + server.port() + "/"))});
        ASSERT_EQ(answer.ok(), test.allowed) << test.says << (answer.ok() ? "" : answer.error().message + answer.error().detail);
        if (answer.ok()) {
            EXPECT_EQ(answer.value().body, "hello") << test.says;
        } else {
            EXPECT_EQ(answer.error().fault, Fault::InvalidInput) << test.says;
            EXPECT_THAT(answer.error().message, HasSubstr("certificate")) << test.says;
            EXPECT_TRUE(server.requests().empty()) << test.says;
        }
    }
}

TEST(Fetch, reads_a_long_answer_over_tls) {
    const TemporaryFolder folder;
    const Certificates certificates("IP:127.0.0.1");
    const std::string issuer = (folder.path / "issuer.pem").string();
    certificates.write_issuer(issuer);
    const std::string body(3'000'000, 'y');
    const LoopbackServer server("HTTP/1.1 200 OK\r\n\r\n" + body, &certificates);
    const Result<Answer> answer =
        fetch(client_of({"127.0.0.1:" + server.port()}, network_with({}), issuer), {.url = "https://127.0.0.1:" + server.port() + "/"});
    ASSERT_TRUE(answer.ok()) << answer.error().message << answer.error().detail;
    EXPECT_EQ(answer.value().body, body);
}

TEST(Fetch, refuses_settings_that_it_cannot_use) {
    EXPECT_FALSE(open_client({.allow_list = {"a b"}}).ok());
    EXPECT_FALSE(open_client({.extra_issuers = "/nowhere/issuers.pem"}).ok());
}

TEST(Fetch, resolves_by_the_system) {
    if (!std::filesystem::exists("/etc/hosts")) GTEST_SKIP() << "a bare system, which knows no name";
    const Network network = system_network();
    const Result<std::vector<Address>> found = network.resolve("localhost", std::chrono::steady_clock::now() + std::chrono::seconds(20));
    ASSERT_TRUE(found.ok()) << found.error().message;
    for (const Address& address : found.value()) EXPECT_FALSE(is_public(address));
}

TEST(Fetch, tells_a_status_that_passes_from_one_that_stays) {
    EXPECT_TRUE(require_success({.status = 204}).ok());
    EXPECT_EQ(require_success({.status = 404}).error().fault, Fault::InvalidInput);
    EXPECT_EQ(require_success({.status = 503}).error().fault, Fault::Unavailable);
    EXPECT_THAT(require_success({.status = 404}).error().message, HasSubstr("404"));
    EXPECT_EQ(require_success({.status = 302}).error().reason, "FETCH_FAILED");
}

}  // namespace
}  // namespace docwright
