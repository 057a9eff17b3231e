#include <boost/asio/ssl/stream.hpp>

#include "api/http/connection.h"

namespace docwright::http {

Task<void> converse_tls(asio::ip::tcp::socket socket, Server::State& state) {
    constexpr std::chrono::seconds kShutdownPatience(5);
    using TlsStream = asio::ssl::stream<beast::tcp_stream>;
    std::string remote = remote_address(socket);
    Connection<TlsStream> connection(TlsStream(beast::tcp_stream(std::move(socket)), state.tls), state, remote,
                                     true);  // the name is said again below
    TlsStream& stream = connection.stream();
    ErrorCode error;
    beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(state.settings.header_seconds));
    co_await stream.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
        state.parts.log.debug("tls_handshake_failed", {{"remote", remote}, {"why", error.message()}});
        co_return;
    }
    co_await connection.run();
    beast::get_lowest_layer(stream).expires_after(kShutdownPatience);
    co_await stream.async_shutdown(asio::redirect_error(asio::use_awaitable, error));
}

}  // namespace docwright::http
