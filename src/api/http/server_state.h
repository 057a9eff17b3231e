// What the connections of one server share. Only server.cpp and connection*.cpp include it. Touched by the server's thread alone.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <set>

#include "api/http/server.h"

namespace docwright::http {

class OpenConnection {
public:
    virtual ~OpenConnection() = default;
    virtual void end_if_idle() = 0;  // between two requests: close
    virtual void end_now() = 0;
};

struct Server::State {
    State(const ServerSettings& wanted, ServerParts given)
        : settings(wanted), parts(std::move(given)), tls(boost::asio::ssl::context::tls_server), acceptor(loop), grace(loop) {}

    ServerSettings settings;
    ServerParts parts;
    std::set<OpenConnection*> connections;
    std::atomic<std::size_t> open{0};  // size of connections, for other threads
    bool stopping = false;
    boost::asio::ssl::context tls;
    boost::asio::io_context loop{1};  // holds the coroutines, which use everything above: it goes first
    boost::asio::ip::tcp::acceptor acceptor;
    boost::asio::steady_timer grace;
};

Task<void> converse_plain(boost::asio::ip::tcp::socket socket, Server::State& state);
Task<void> converse_tls(boost::asio::ip::tcp::socket socket, Server::State& state);

}  // namespace docwright::http
