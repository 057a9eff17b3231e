// The fetcher as a process of its own: what it fetches, what it counts, what becomes of its sessions when it or a child dies.
#include "outgoing/fetcher/fetcher_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/temporary_folder.h"
#include "engines/protocol/process_handle.h"
#include "outgoing/fetcher/running_fetcher.h"
#include "outgoing/loopback_server.h"

namespace docwright {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kHello = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nSet-Cookie: a=b\r\nContent-Length: 5\r\n\r\nhello";

std::string at(const LoopbackServer& server, const std::string& resource = "/") { return "http://127.0.0.1:" + server.port() + resource; }
std::unique_ptr<FetcherProcess> fetcher_for(const LoopbackServer& server, SessionCaps caps = {}) {
    return running_fetcher({.allow_list = {"127.0.0.1:" + server.port()}, .caps = caps});
}

// Answers a request only when the test lets it, which it must before its server ends.
class Gate {
public:
    LoopbackServer::Play play() {
        return [this](const std::string&, const LoopbackServer::Send& send) {
            while (!open_) std::this_thread::sleep_for(std::chrono::milliseconds(5));
            send(kHello);
        };
    }
    void open() { open_ = true; }

private:
    std::atomic<bool> open_ = false;
};

void wait_until(const std::function<bool()>& done) {
    for (int i = 0; i < 2000 && !done(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

TEST(FetcherProcess, fetches_what_the_operator_lists) {
    const LoopbackServer server(kHello);
    const auto fetcher = fetcher_for(server);
    TestSession session(*fetcher);
    const SessionReply reply = session.get({.url = at(server, "/a?b")});
    const SessionAnswer* answer = answer_of(reply);
    ASSERT_TRUE(answer) << std::get<SessionFailure>(reply).error.message;
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "hello");
    EXPECT_THAT(answer->headers, testing::Contains(std::pair<std::string, std::string>("content-type", "text/plain")));
    for (const auto& [name, value] : answer->headers) EXPECT_NE(name, "set-cookie");
    EXPECT_THAT(server.requests().at(0), HasSubstr("User-Agent: Docwright/"));
}

TEST(FetcherProcess, sends_nothing_that_tells_who_asks) {
    ::setenv("DOCWRIGHT_CLIENT_SECRET", "s3cr3t", 1);
    ::setenv("http_proxy", "http://127.0.0.1:1/", 1);
    const LoopbackServer server(kHello);
    const auto fetcher = fetcher_for(server);
    TestSession session(*fetcher);
    ASSERT_TRUE(answer_of(session.get(
        {.url = at(server),
         .method = "POST",
         .headers =
             {{"Cookie", "s3cr3t"}, {"Authorization", "s3cr3t"}, {"User-Agent", "s3cr3t"}, {"X-Any", "s3cr3t"}, {"Accept", "image/webp"}},
         .body = "ping"})));
    EXPECT_EQ(fault_of(session.get({.url = "http://user:s3cr3t@127.0.0.1:" + server.port() + "/"})), kRefused);
    ASSERT_EQ(server.requests().size(), 1U);
    EXPECT_THAT(server.requests()[0], Not(HasSubstr("s3cr3t")));
    EXPECT_THAT(server.requests()[0], HasSubstr("Accept: image/webp\r\n"));
    std::ifstream environment("/proc/" + std::to_string(fetcher->process()) + "/environ");
    std::stringstream text;
    text << environment.rdbuf();
    EXPECT_THAT(text.str(), Not(HasSubstr("s3cr3t")));
    ::unsetenv("DOCWRIGHT_CLIENT_SECRET");
    ::unsetenv("http_proxy");
}

TEST(FetcherProcess, speaks_tls_with_the_issuers_of_the_operator) {
    const TemporaryFolder folder;
    const Certificates certificates("DNS:site.example");
    const std::string issuer = (folder.path / "issuer.pem").string();
    certificates.write_issuer(issuer);
    const LoopbackServer server(kHello, &certificates);
    const std::string url = "https://site.example:" + server.port() + "/";
    const auto trusting = running_fetcher({.allow_list = {"site.example:" + server.port()}, .extra_issuers = issuer});
    EXPECT_TRUE(answer_of(TestSession(*trusting).get({.url = url})));
    const auto doubting = running_fetcher({.allow_list = {"site.example:" + server.port()}});
    EXPECT_EQ(fault_of(TestSession(*doubting).get({.url = url})), kRefused);
}

TEST(FetcherProcess, fetches_many_at_once_and_one_that_hangs_holds_up_no_other) {
    Gate gate;
    const LoopbackServer hanging(gate.play());
    const LoopbackServer server(kHello);
    const auto fetcher = running_fetcher({.allow_list = {"127.0.0.1:" + server.port(), "127.0.0.1:" + hanging.port()}});
    TestSession session(*fetcher);
    const std::uint32_t slow = session.client.begin({.url = at(hanging)});
    constexpr std::size_t kMany = 50;
    for (std::size_t i = 0; i < kMany; ++i) session.client.begin({.url = at(server)});
    const auto replies = session.wait(kMany);
    EXPECT_EQ(replies.size(), kMany);
    EXPECT_FALSE(replies.contains(slow));
    for (const auto& [id, reply] : replies) EXPECT_TRUE(answer_of(reply)) << id;
    gate.open();
    EXPECT_TRUE(answer_of(session.wait(1).at(slow)));
}

TEST(FetcherProcess, carries_bodies_beyond_one_packet_whole) {
    const std::string body(5'000'000, 'z');
    const LoopbackServer server("HTTP/1.1 200 OK\r\n\r\n" + body);
    const auto fetcher = fetcher_for(server);
    const SessionReply reply = TestSession(*fetcher).get({.url = at(server)});
    ASSERT_TRUE(answer_of(reply));
    EXPECT_EQ(answer_of(reply)->body, body);
}

TEST(FetcherProcess, holds_the_caps_of_size_number_and_time) {
    const LoopbackServer endless([](const std::string&, const LoopbackServer::Send& send) {
        for (bool there = send("HTTP/1.1 200 OK\r\n\r\n"); there;) there = send(std::string(64 * 1024, 'x'));
    });
    const auto small = fetcher_for(endless, {.body_bytes = 1'000'000});
    EXPECT_EQ(fault_of(TestSession(*small).get({.url = at(endless)})), kOverLimit);

    const LoopbackServer server(kHello);
    const auto few = fetcher_for(server, {.requests = 3, .bytes = 1000});
    TestSession session(*few);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(answer_of(session.get({.url = at(server)})));
    EXPECT_EQ(fault_of(session.get({.url = at(server)})), kOverLimit);
    EXPECT_EQ(server.connections(), 3);
    EXPECT_TRUE(answer_of(TestSession(*few).get({.url = at(server)}))) << "another session has its own caps";

    const auto tight = fetcher_for(server, {.bytes = 12});
    TestSession both(*tight);
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(answer_of(both.get({.url = at(server)})));
    EXPECT_EQ(fault_of(both.get({.url = at(server)})), kOverLimit);

    Gate gate;
    const LoopbackServer hanging(gate.play());
    const auto hasty = fetcher_for(hanging, {.fetch_seconds = 1});
    EXPECT_EQ(fault_of(TestSession(*hasty).get({.url = at(hanging)})), kNotNow);
    gate.open();
}

TEST(FetcherProcess, ends_a_session_that_talks_nonsense_and_no_other) {
    const LoopbackServer server(kHello);
    const auto fetcher = fetcher_for(server);
    TestSession neighbour(*fetcher);
    const FileDescriptor bad = fetcher->open_session().take();
    ASSERT_EQ(::write(bad.get(), "nonsense", 8), 8);
    char byte = 0;
    EXPECT_LE(::read(bad.get(), &byte, 1), 0);
    EXPECT_TRUE(answer_of(neighbour.get({.url = at(server)})));
    EXPECT_EQ(fetcher->health().starts, 1U);
}

TEST(FetcherProcess, drops_the_fetches_of_a_child_that_is_gone) {
    std::atomic<bool> dropped = false;
    const LoopbackServer server([&](const std::string&, const LoopbackServer::Send& send) {
        for (bool there = send("HTTP/1.1 200 OK\r\n\r\n"); there; std::this_thread::sleep_for(std::chrono::milliseconds(5)))
            there = send("x");
        dropped = true;
    });
    const auto fetcher = fetcher_for(server);
    {
        TestSession session(*fetcher);
        session.client.begin({.url = at(server)});
        wait_until([&] { return server.connections() == 1; });
    }
    wait_until([&] { return dropped.load(); });
    EXPECT_TRUE(dropped);
}

TEST(FetcherProcess, killed_fails_what_was_open_and_another_takes_its_place) {
    Gate gate;
    const LoopbackServer hanging(gate.play());
    const auto fetcher = fetcher_for(hanging);
    TestSession session(*fetcher);
    session.client.begin({.url = at(hanging)});
    wait_until([&] { return hanging.connections() == 1; });
    const pid_t lost = fetcher->process();
    ::kill(lost, SIGKILL);
    const auto replies = session.wait(1);
    ASSERT_EQ(replies.size(), 1U);
    EXPECT_EQ(fault_of(replies.begin()->second), kNotNow);
    gate.open();
    wait_until([&] { return fetcher->health().starts == 2; });
    EXPECT_TRUE(answer_of(TestSession(*fetcher).get({.url = at(hanging)})));
    EXPECT_NE(fetcher->process(), lost);
    EXPECT_NE(::kill(lost, 0), 0) << "a zombie is left";
}

TEST(FetcherProcess, dies_with_the_server) {
    int line[2];
    ASSERT_EQ(::pipe(line), 0);
    const pid_t server = ::fork();
    if (server == 0) {
        const auto fetcher = running_fetcher({});
        const pid_t number = fetcher->process();
        ::_exit(::write(line[1], &number, sizeof number) == sizeof number && ::pause() != 0 ? 0 : 1);
    }
    pid_t number = 0;
    ASSERT_EQ(::read(line[0], &number, sizeof number), static_cast<ssize_t>(sizeof number));
    const FileDescriptor handle = open_process(number);
    ASSERT_TRUE(handle.open());
    ::kill(server, SIGKILL);
    ::waitpid(server, nullptr, 0);
    pollfd ended{.fd = handle.get(), .events = POLLIN, .revents = 0};
    EXPECT_EQ(::poll(&ended, 1, 20'000), 1);
    ::close(line[0]);
    ::close(line[1]);
}

constexpr int kCannotTry = 77;

// In a file tree of the test's own, where resolv.conf can be replaced. Gives an exit code.
int fetch_while_the_resolver_changes(const TemporaryFolder& folder, Gate& gate, const LoopbackServer& server) {
    const auto cover = [&](const char* name) {
        const std::string file = (folder.path / name).string();
        std::ofstream(file) << "nameserver 127.0.0.1\n";
        return ::mount(file.c_str(), "/etc/resolv.conf", nullptr, MS_BIND, nullptr) == 0;
    };
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 || !cover("one")) return kCannotTry;
    const auto fetcher = fetcher_for(server);
    TestSession session(*fetcher);
    const std::uint32_t open_before = session.client.begin({.url = at(server)});
    wait_until([&] { return server.connections() == 1; });
    if (!cover("two")) return kCannotTry;
    wait_until([&] { return fetcher->health().starts == 2; });
    if (fetcher->health().starts != 2) return 1;
    gate.open();
    if (!answer_of(session.wait(1)[open_before])) return 2;  // the old fetcher has answered
    return answer_of(TestSession(*fetcher).get({.url = at(server)})) ? 0 : 3;
}

TEST(FetcherProcess, gives_way_to_another_when_the_resolver_changes_and_ends_its_sessions_first) {
    const TemporaryFolder folder;
    const pid_t process = ::fork();
    if (process == 0) {
        Gate gate;
        const LoopbackServer server(gate.play());
        const int code = fetch_while_the_resolver_changes(folder, gate, server);
        gate.open();
        ::_exit(code);
    }
    int status = 0;
    ::waitpid(process, &status, 0);
    if (WEXITSTATUS(status) == kCannotTry) GTEST_SKIP() << "no file tree of its own to be had";
    EXPECT_EQ(status, 0);
}

TEST(FetcherProcess, says_why_it_cannot_start) {
    const auto start = [](FetcherSettings settings) {
        settings.setup.user = "nobody";
        return FetcherProcess::start(std::move(settings));
    };
    const std::string program = DOCWRIGHT_BINARY_FOLDER "/docwright-fetcher-naming";
    EXPECT_THAT(start({.program = program, .setup = {.allow_list = {"a b"}}}).error().message, HasSubstr("a b"));
    EXPECT_THAT(start({.program = program, .setup = {.extra_issuers = "/nowhere.pem"}}).error().message, HasSubstr("/nowhere.pem"));
    EXPECT_THAT(start({.program = "/nowhere/docwright"}).error().detail, HasSubstr("/nowhere/docwright"));
    EXPECT_EQ(start({.program = "/bin/true"}).error().fault, Fault::Unavailable);
}

TEST(FetcherProcess, of_the_product_starts_and_refuses_this_machine) {
    const auto fetcher = FetcherProcess::start({.program = DOCWRIGHT_BINARY_FOLDER "/docwright", .setup = {.user = "nobody"}});
    ASSERT_TRUE(fetcher.ok()) << fetcher.error().message << fetcher.error().detail;
    const LoopbackServer server(kHello);
    EXPECT_EQ(fault_of(TestSession(*fetcher.value()).get({.url = at(server)})), kRefused);
    EXPECT_EQ(server.connections(), 0);
    EXPECT_FALSE(fetcher.value()->facts().empty());
    for (const FetcherFact& fact : fetcher.value()->facts()) EXPECT_TRUE(fact.in_force) << fact.name << " " << fact.value;
}

}  // namespace
}  // namespace docwright
