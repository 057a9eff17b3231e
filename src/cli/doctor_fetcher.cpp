#include "cli/doctor_fetcher.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <poll.h>

#include <string_view>

#include "outgoing/session/session_client.h"

namespace docwright {
namespace {

constexpr int kNameColumn = 40;
constexpr int kAnswerMilliseconds = 5000;
// Refused by what they are, before anything is looked up or dialled: no request leaves the machine.
constexpr std::string_view kRefusedUrls[] = {"http://127.0.0.1/", "http://169.254.169.254/", "http://[::ffff:10.0.0.1]/",
                                             "file:///etc/passwd"};

bool row(bool good, std::string_view name, std::string_view value) {
    fmt::print("{}  {:<{}}  {}\n", good ? "ok  " : "FAIL", name, kNameColumn, value);
    return good;
}

// Whether the fetcher refuses them all.
bool print_refusals(FetcherProcess& fetcher) {
    Result<FileDescriptor> session = fetcher.open_session();
    if (!session.ok()) return row(false, "session with the fetcher", session.error().message);
    SessionClient client(std::move(session).take());
    for (std::string_view url : kRefusedUrls) client.begin({.url = std::string(url)});
    std::size_t refused = 0;
    while (client.open_requests() > 0) {
        pollfd waiting{.fd = client.descriptor(), .events = client.events(), .revents = 0};
        if (::poll(&waiting, 1, kAnswerMilliseconds) <= 0) break;
        for (const SessionFailure& failure : client.take().failures) refused += failure.error.fault == Fault::InvalidInput ? 1 : 0;
    }
    return row(refused == std::size(kRefusedUrls), "fetch from this machine, metadata, files",
               fmt::format("{} of {} refused", refused, std::size(kRefusedUrls)));
}

}  // namespace

bool print_fetcher(const FetcherSettings& settings) {
    fmt::print("\nWhat the fetcher runs under, which loads pages and their assets:\n");
    Result<std::unique_ptr<FetcherProcess>> started = FetcherProcess::start(settings);
    if (!started.ok()) {
        row(false, "fetcher", started.error().message);
        if (!started.error().detail.empty()) fmt::print("      {}\n", started.error().detail);
        return false;
    }
    bool all = true;
    for (const FetcherFact& fact : started.value()->facts()) all = row(fact.in_force, fact.name, fact.value) && all;
    const bool refuses = print_refusals(*started.value());
    const std::vector<std::string>& listed = settings.setup.allow_list;
    row(true, "hosts beyond the open internet", listed.empty() ? "none" : fmt::format("{}", fmt::join(listed, ", ")));
    return all && refuses;
}

}  // namespace docwright
