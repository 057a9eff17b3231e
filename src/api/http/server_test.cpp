// The server on real sockets of the loopback, with a handler that echoes.
#include "api/http/server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <thread>

#include "api/http/answers.h"

namespace docwright::http {
namespace {

FileDescriptor memory_file(std::string_view bytes) {
    FileDescriptor file(memfd_create("body", MFD_CLOEXEC));
    EXPECT_EQ(write(file.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    return file;
}

// /echo: the body back; /refuse: 413 without reading; /file: 200,000 bytes from a descriptor; anything else: method and path.
Task<Response> echo(Exchange& exchange) {
    Request& request = exchange.request();
    Response response;
    if (request.target.path == "/echo") {
        Result<std::string> body = co_await whole_body(exchange, 10'000'000);
        if (!body.ok()) co_return refuse(body.error(), request.id);
        response.body = body.value();
    } else if (request.target.path == "/refuse") {
        co_return refuse({Fault::LimitExceeded, "Too large.", {}, "MAX_UPLOAD_SIZE_EXCEEDED"}, request.id);
    } else if (request.target.path == "/file") {
        response.file = FileBody{.file = memory_file(std::string(200'000, 'f')), .offset = 0, .length = 200'000};
    } else {
        response.body = request.method + " " + request.target.path;
    }
    co_return response;
}

class ServerOnLoopback : public testing::Test {
protected:
    void start(ServerSettings settings) {
        settings.port = 0;
        auto listening = Server::listen(settings, {echo, pool_, clock_, random_, log_});
        ASSERT_TRUE(listening.ok()) << listening.error().message;
        server_ = std::move(listening).take();
        thread_ = std::jthread([this] { server_->run(); });
    }
    void TearDown() override {
        if (server_) server_->stop(1);
    }

    FileDescriptor connect_to_it() {
        FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(server_->port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        return socket;
    }
    static void send_text(const FileDescriptor& socket, std::string_view text) {
        while (!text.empty()) {
            ssize_t count = ::send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL);
            if (count <= 0) return;
            text.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    // Everything until the server closes, or until `until` has come.
    static std::string receive(const FileDescriptor& socket, std::string_view until = {}) {
        std::string all;
        char buffer[65536];
        while (until.empty() || !all.contains(until)) {
            ssize_t count = ::recv(socket.get(), buffer, sizeof buffer, 0);
            if (count <= 0) break;
            all.append(buffer, static_cast<std::size_t>(count));
        }
        return all;
    }
    std::string exchange(std::string_view text) {
        FileDescriptor socket = connect_to_it();
        send_text(socket, text);
        return receive(socket);
    }

    SystemClock clock_;
    SystemRandom random_;
    FileDescriptor nowhere_{open("/dev/null", O_WRONLY | O_CLOEXEC)};
    Log log_{nowhere_.get(), LogLevel::Info, clock_};
    Pool pool_{2, 10};
    std::unique_ptr<Server> server_;
    std::jthread thread_;
};

constexpr std::string_view kClose = "Connection: close\r\n\r\n";

TEST_F(ServerOnLoopback, answers_pipelined_requests_in_order) {
    start({});
    std::string all = exchange(
        fmt::format("GET /one HTTP/1.1\r\n\r\nPOST /echo HTTP/1.1\r\nContent-Length: 3\r\n\r\ntwoGET /three HTTP/1.1\r\n{}", kClose));
    std::size_t one = all.find("GET /one"), two = all.find("two"), three = all.find("GET /three");
    EXPECT_LT(one, two);
    EXPECT_LT(two, three);
    EXPECT_NE(three, std::string::npos);
}

TEST_F(ServerOnLoopback, reads_chunked_bodies) {
    start({});
    std::string all =
        exchange(fmt::format("POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n{}3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", kClose));
    EXPECT_TRUE(all.ends_with("\r\n\r\nabcde")) << all;
}

TEST_F(ServerOnLoopback, gives_head_the_length_but_no_body) {
    start({});
    std::string all = exchange(fmt::format("HEAD /file HTTP/1.1\r\n{}", kClose));
    EXPECT_TRUE(all.contains("Content-Length: 200000\r\n"));
    EXPECT_TRUE(all.ends_with("\r\n\r\n"));
}

TEST_F(ServerOnLoopback, sends_a_file_longer_than_its_buffer) {
    start({});
    std::string all = exchange(fmt::format("GET /file HTTP/1.1\r\n{}", kClose));
    EXPECT_EQ(all.substr(all.find("\r\n\r\n") + 4), std::string(200'000, 'f'));
}

TEST_F(ServerOnLoopback, invites_a_body_only_when_it_will_read_it) {
    start({});
    FileDescriptor socket = connect_to_it();
    send_text(socket, "POST /echo HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(receive(socket, "\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    send_text(socket, "hi");
    EXPECT_TRUE(receive(socket, "hi").ends_with("\r\n\r\nhi"));
    std::string refused = exchange("POST /refuse HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2000000\r\n\r\n");
    EXPECT_TRUE(refused.starts_with("HTTP/1.1 413 "));
}

TEST_F(ServerOnLoopback, lets_a_sender_of_a_refused_body_see_the_answer) {
    start({});
    FileDescriptor socket = connect_to_it();
    std::string body(20'000'000, 'x');
    send_text(socket, fmt::format("POST /refuse HTTP/1.1\r\nContent-Length: {}\r\n\r\n", body.size()));
    send_text(socket, body);
    ::shutdown(socket.get(), SHUT_WR);
    EXPECT_TRUE(receive(socket).starts_with("HTTP/1.1 413 "));
}

TEST_F(ServerOnLoopback, keeps_the_connection_after_a_short_body_nobody_read) {
    start({});
    std::string all = exchange(fmt::format("POST /refuse HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /next HTTP/1.1\r\n{}", kClose));
    EXPECT_TRUE(all.contains("GET /next"));
}

TEST_F(ServerOnLoopback, refuses_a_head_that_is_too_long) {
    start({});
    std::string all = exchange("GET / HTTP/1.1\r\nX: " + std::string(limits::kHeaderBytes + 100, 'x') + "\r\n\r\n");
    EXPECT_TRUE(all.starts_with("HTTP/1.1 431 ")) << all;
    EXPECT_TRUE(all.contains("HEADERS_TOO_LARGE"));
}

TEST_F(ServerOnLoopback, refuses_what_is_not_http_and_broken_addresses_with_short_json) {
    start({});
    EXPECT_TRUE(exchange("nonsense\r\n\r\n").starts_with("HTTP/1.1 400 "));
    std::string all = exchange(fmt::format("GET /%zz HTTP/1.1\r\n{}", kClose));
    EXPECT_TRUE(all.starts_with("HTTP/1.1 400 "));
    EXPECT_TRUE(all.contains("\"code\":\"VALIDATION_ERROR\""));
}

TEST_F(ServerOnLoopback, answers_a_head_that_comes_too_slowly_with_408_and_ends_the_connection) {
    start({.header_seconds = 1});
    const std::string all = exchange("GET / HTTP/1.1\r\nX: y");
    EXPECT_TRUE(all.starts_with("HTTP/1.1 408 Request Timeout\r\n")) << all;
    EXPECT_TRUE(all.contains("Connection: close\r\n"));
    EXPECT_TRUE(all.contains("\"code\":\"REQUEST_TIMEOUT\""));
}

TEST_F(ServerOnLoopback, answers_a_body_that_stalls_with_408_and_ends_the_connection) {
    start({.body_stall_seconds = 1});
    const std::string all = exchange("POST /echo HTTP/1.1\r\nContent-Length: 100\r\n\r\nten bytes.");
    EXPECT_TRUE(all.starts_with("HTTP/1.1 408 ")) << all;
    EXPECT_TRUE(all.contains("Connection: close\r\n"));
}

TEST_F(ServerOnLoopback, takes_a_head_in_pieces_and_the_next_request_after_it) {
    start({.header_seconds = 2});
    const FileDescriptor socket = connect_to_it();
    for (int turn = 0; turn < 3; ++turn) {
        send_text(socket, "GET /piece");
        std::this_thread::sleep_for(std::chrono::milliseconds(700));
        send_text(socket, " HTTP/1.1\r\n\r\n");
        EXPECT_TRUE(receive(socket, "GET /piece").starts_with("HTTP/1.1 200 ")) << "each head has its own time";
    }
}

TEST_F(ServerOnLoopback, ends_a_connection_that_asks_nothing) {
    start({.idle_seconds = 1});
    EXPECT_EQ(exchange(""), "");
}

TEST_F(ServerOnLoopback, turns_away_what_is_beyond_the_connection_limit) {
    start({.connections = 1});
    FileDescriptor first = connect_to_it();
    send_text(first, "GET /first HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(receive(first, "GET /first").contains("GET /first"));
    EXPECT_TRUE(receive(connect_to_it()).starts_with("HTTP/1.1 503 "));
}

TEST_F(ServerOnLoopback, stops_with_an_idle_connection_open) {
    start({});
    FileDescriptor socket = connect_to_it();
    send_text(socket, "GET /first HTTP/1.1\r\n\r\n");
    receive(socket, "GET /first");
    server_->stop(60);
    EXPECT_EQ(receive(socket), "");
    thread_.join();
}

TEST_F(ServerOnLoopback, takes_over_a_good_request_id_only) {
    start({});
    EXPECT_TRUE(exchange(fmt::format("GET / HTTP/1.1\r\nX-Request-Id: abc-1\r\n{}", kClose)).contains("X-Request-Id: abc-1\r\n"));
    EXPECT_TRUE(exchange(fmt::format("GET / HTTP/1.1\r\nX-Request-Id: a b\r\n{}", kClose)).contains("X-Request-Id: req_"));
}

}  // namespace
}  // namespace docwright::http
