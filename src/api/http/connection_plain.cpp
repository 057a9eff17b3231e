#include "api/http/connection.h"

namespace docwright::http {

Task<void> converse_plain(asio::ip::tcp::socket socket, Server::State& state) {
    std::string remote = remote_address(socket);
    Connection<beast::tcp_stream> connection(beast::tcp_stream(std::move(socket)), state, std::move(remote), false);
    co_await connection.run();
}

}  // namespace docwright::http
