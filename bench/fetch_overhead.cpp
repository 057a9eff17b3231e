// What the fetcher's process adds to a fetch: the same answers of a server on loopback, fetched in this process and through a
// session, one after the other and six at once. usage: fetch_overhead DOCWRIGHT [COUNT]
#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "outgoing/fetch.h"
#include "outgoing/fetcher/fetcher_process.h"
#include "outgoing/loopback_server.h"
#include "outgoing/session/session_client.h"

namespace {

using namespace docwright;
using std::chrono::steady_clock;

// Microseconds of each of `count` calls: median, and all together.
void measure(const char* name, std::size_t body, int count, const std::function<void()>& call) {
    std::vector<double> times;
    const auto began = steady_clock::now();
    for (int i = 0; i < count; ++i) {
        const auto start = steady_clock::now();
        call();
        times.push_back(std::chrono::duration<double, std::micro>(steady_clock::now() - start).count());
    }
    const double all = std::chrono::duration<double>(steady_clock::now() - began).count();
    std::ranges::sort(times);
    fmt::print("| {:28} | {:9} | {:10.0f} | {:8.0f} |\n", name, body, times[times.size() / 2], count / all);
}

void fetch_through(SessionClient& client, const std::string& url, int at_once) {
    for (int i = 0; i < at_once; ++i) client.begin({.url = url});
    while (client.open_requests() > 0) {
        pollfd waiting{.fd = client.descriptor(), .events = client.events(), .revents = 0};
        ::poll(&waiting, 1, 10'000);
        for (const SessionFailure& failure : client.take().failures) fmt::print(stderr, "failed: {}\n", failure.error.message);
    }
}

int run(const std::string& program, int count) {
    fmt::print("| {:28} | {:>9} | {:>10} | {:>8} |\n|---|---|---|---|\n", "fetch", "bytes", "median us", "a second");
    for (std::size_t body : {std::size_t{1'000}, std::size_t{100'000}, std::size_t{5'000'000}}) {
        const int times = body > 1'000'000 ? std::max(1, count / 20) : count;
        const LoopbackServer server("HTTP/1.1 200 OK\r\n\r\n" + std::string(body, 'x'));
        const std::string host = "127.0.0.1:" + server.port(), url = "http://" + host + "/";
        const Client direct = open_client({.allow_list = {host}}).take();
        auto started = FetcherProcess::start(
            {.program = program, .setup = {.allow_list = {host}, .user = "nobody", .caps = {.requests = 1'000'000, .bytes = 1ULL << 40}}});
        if (!started.ok()) {
            fmt::print(stderr, "{} {}\n", started.error().message, started.error().detail);
            return 1;
        }
        measure("in this process", body, times, [&] { (void)fetch(direct, {.url = url}); });
        SessionClient client(started.value()->open_session().take());
        measure("through the fetcher", body, times, [&] { fetch_through(client, url, 1); });
        measure("through it, six at once", body, times / 6 + 1, [&] { fetch_through(client, url, 6); });
    }
    auto fetcher = FetcherProcess::start({.program = program, .setup = {.user = "nobody"}}).take();
    measure("open and close a session", 0, count, [&] { (void)fetcher->open_session(); });
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        fmt::print(stderr, "usage: fetch_overhead DOCWRIGHT [COUNT]\n");
        return 2;
    }
    return run(arguments[1], count > 2 ? std::atoi(arguments[2]) : 1000);
}
