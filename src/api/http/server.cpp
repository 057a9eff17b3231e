#include "api/http/server.h"

#include <fmt/format.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "api/http/server_state.h"

namespace docwright::http {
namespace {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

constexpr std::chrono::milliseconds kAcceptPause(100);  // after a failed accept: no descriptors left; some will close

// Beyond the connection limit: one short answer in a single write that always fits the socket's empty buffer.
void turn_away(asio::ip::tcp::socket& socket) {
    constexpr std::string_view kBody = R"({"code":"SERVICE_UNAVAILABLE","message":"Too many open connections. Try again in a moment."})";
    const std::string answer = fmt::format(
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nRetry-After: 1\r\n"
        "Connection: close\r\nContent-Length: {}\r\n\r\n{}",
        kBody.size(), kBody);
    ErrorCode error;
    socket.non_blocking(true, error);
    socket.send(asio::buffer(answer), 0, error);
}

void take_connection(asio::ip::tcp::socket socket, Server::State& state) {
    ErrorCode error;
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    const bool secure = !state.settings.certificate.empty();
    if (state.connections.size() >= state.settings.connections) {
        if (!secure) turn_away(socket);
        return;
    }
    Task<void> conversation = secure ? converse_tls(std::move(socket), state) : converse_plain(std::move(socket), state);
    asio::co_spawn(state.loop, std::move(conversation), [&state](std::exception_ptr failure) {
        if (failure) state.parts.log.error("connection_failed");
    });
}

Task<void> accept_connections(Server::State& state) {
    while (state.acceptor.is_open()) {
        ErrorCode error;
        asio::ip::tcp::socket socket = co_await state.acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (!error) {
            take_connection(std::move(socket), state);
        } else if (error != asio::error::operation_aborted) {
            asio::steady_timer pause(state.loop, kAcceptPause);
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
        }
    }
}

Status open_acceptor(Server::State& state) {
    ErrorCode error;
    auto failed = [&](std::string_view what) {
        return Error{Fault::Unavailable,
                     fmt::format("Cannot {} {}:{}: {}.", what, state.settings.address, state.settings.port, error.message())};
    };
    auto address = asio::ip::make_address(state.settings.address, error);
    if (error) return failed("use the address");
    asio::ip::tcp::endpoint endpoint(address, state.settings.port);
    state.acceptor.open(endpoint.protocol(), error);
    if (error) return failed("open a socket for");
    state.acceptor.set_option(asio::socket_base::reuse_address(true), error);
    state.acceptor.bind(endpoint, error);
    if (error) return failed("listen on");
    state.acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return failed("listen on");
    return success();
}

Status load_certificate(Server::State& state) {
    if (state.settings.certificate.empty() != state.settings.key.empty()) {
        return Error{Fault::Unavailable, "TLS needs both a certificate and its key."};
    }
    if (state.settings.certificate.empty()) return success();
    ErrorCode error;
    state.tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 | asio::ssl::context::no_sslv3 |
                              asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1,
                          error);
    state.tls.use_certificate_chain_file(state.settings.certificate, error);
    if (error)
        return Error{Fault::Unavailable,
                     fmt::format("The certificate {} cannot be used: {}.", state.settings.certificate, error.message())};
    state.tls.use_private_key_file(state.settings.key, asio::ssl::context::pem, error);
    if (error) return Error{Fault::Unavailable, fmt::format("The key {} cannot be used: {}.", state.settings.key, error.message())};
    return success();
}

void begin_stop(Server::State& state, int grace_seconds) {
    if (state.stopping) return;
    state.stopping = true;
    ErrorCode error;
    state.acceptor.close(error);
    // Copies: a connection that ends takes itself out of the set.
    auto open = state.connections;
    for (OpenConnection* connection : open) connection->end_if_idle();
    state.grace.expires_after(std::chrono::seconds(grace_seconds));
    state.grace.async_wait([&state](ErrorCode cancelled) {
        if (cancelled) return;
        auto left = state.connections;
        for (OpenConnection* connection : left) connection->end_now();
    });
}

}  // namespace

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::listen(const ServerSettings& settings, ServerParts parts) {
    auto state = std::make_unique<State>(settings, std::move(parts));
    TRY(load_certificate(*state));
    TRY(open_acceptor(*state));
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

unsigned short Server::port() const {
    ErrorCode error;
    return state_->acceptor.local_endpoint(error).port();
}

std::size_t Server::open_connections() const { return state_->open; }

void Server::run() {
    asio::co_spawn(state_->loop, accept_connections(*state_), asio::detached);
    // The grace timer must not keep a server alive whose connections have all ended.
    while (state_->loop.run_one() > 0) {
        if (state_->stopping && state_->connections.empty()) state_->grace.cancel();
    }
}

void Server::stop(int grace_seconds) {
    asio::post(state_->loop, [state = state_.get(), grace_seconds] { begin_stop(*state, grace_seconds); });
}

void Server::post(Job job) {
    // asio wants a copyable function here.
    asio::post(state_->loop, [shared = std::make_shared<Job>(std::move(job))] { (*shared)(); });
}

}  // namespace docwright::http
