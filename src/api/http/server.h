// The HTTP/1.1 server: connections, limits, timeouts, TLS, graceful stop (RFC 9112). One thread runs all coroutines; they
// read, hand over to the pool, and write. What a request means is the handler's business.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "api/http/exchange.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/random.h"

namespace docwright::http {

struct ServerSettings {
    std::string address = "127.0.0.1";
    unsigned short port = 8080;    // 0: any free one
    std::string certificate = {};  // PEM file with the chain; empty: plain HTTP
    std::string key = {};          // PEM file of its private key
    std::size_t connections = limits::kConnections;
    int header_seconds = limits::kHeaderSeconds;
    int idle_seconds = limits::kIdleSeconds;
    int body_stall_seconds = limits::kBodyStallSeconds;
};

// What the server works with; all outlive it.
struct ServerParts {
    Handler handler;
    Pool& pool;
    const Clock& clock;
    Random& random;
    const Log& log;
};

class Server {
public:
    // Binds and listens, but takes no request before run(). Error: Unavailable: the address or the certificate cannot be used.
    static Result<std::unique_ptr<Server>> listen(const ServerSettings& settings, ServerParts parts);
    ~Server();

    unsigned short port() const;
    std::size_t open_connections() const;

    void run();                    // until stop() has been called and every connection has ended
    void stop(int grace_seconds);  // from any thread: no new requests; those under way get so long to end
    void post(Job job);            // runs it on the thread of run()

    struct State;  // for the connections only

private:
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace docwright::http
