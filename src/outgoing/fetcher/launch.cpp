#include "outgoing/fetcher/launch.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/fetch_limits.h"
#include "engines/protocol/channel.h"
#include "engines/protocol/process_handle.h"
#include "engines/protocol/spawn.h"
#include "outgoing/fetcher/fetcher_main.h"

namespace docwright {
namespace {

Error cannot_start(std::string detail) { return Error{Fault::Unavailable, "The fetcher cannot be started.", std::move(detail)}; }

// Until the fetcher has said something, ended, or nobody wants it.
Status wait_for_word(const LaunchedFetcher& fetcher, int stop) {
    std::array<pollfd, 2> watched = {
        {{.fd = fetcher.control.get(), .events = POLLIN, .revents = 0}, {.fd = stop, .events = POLLIN, .revents = 0}}};
    int ready = 0;
    do ready = ::poll(watched.data(), watched.size(), limits::kFetcherStartSeconds * 1000);
    while (ready < 0 && errno == EINTR);
    if (ready <= 0) return cannot_start("it said nothing for " + std::to_string(limits::kFetcherStartSeconds) + " s");
    if (watched[0].revents == 0) return cannot_start("docwright is stopping");
    return success();
}

Result<std::vector<FetcherFact>> set_up(const LaunchedFetcher& fetcher, const SetupMessage& setup, int stop) {
    const std::string packet = packet_of(setup);
    if (packet.size() > limits::kFrameBytes)
        return Error{Fault::InvalidInput,
                     "The list of hosts that may be fetched is longer than " + std::to_string(limits::kFrameBytes) + " bytes."};
    if (TRY(send_packet(fetcher.control.get(), packet)) != Sent::Yes) return cannot_start("it ended at once");
    TRY(wait_for_word(fetcher, stop));
    const Packet answer = TRY(receive_packet(fetcher.control.get(), 0, false));
    if (answer.closed || answer.none) return cannot_start("it ended at once");
    ReadyMessage ready = TRY(read_ready(answer.bytes));
    if (ready.version != DOCWRIGHT_VERSION) return cannot_start("it is of version " + ready.version);
    return std::move(ready.facts);
}

}  // namespace

Result<LaunchedFetcher> launch_fetcher(const FetcherSettings& settings, int stop) {
    auto ends = TRY(socket_pair());
    LaunchedFetcher fetcher;
    // No proxy, no credential, no other store of certificates.
    ProgramOrder order{.path = settings.program,
                       .arguments = {"docwright", "fetcher", "--supervisor", std::to_string(::getpid())},
                       .channel = ends[1].get(),
                       .number = kFetcherControl};
    if (const int code = spawn(fetcher.process, std::move(order)); code != 0)
        return cannot_start(settings.program + ": " + std::strerror(code));
    ends[1].reset();
    fetcher.control = std::move(ends[0]);
    fetcher.handle = open_process(fetcher.process);
    Result<std::vector<FetcherFact>> facts =
        fetcher.handle.open() ? set_up(fetcher, settings.setup, stop) : cannot_start(std::string("pidfd_open: ") + std::strerror(errno));
    if (!facts.ok()) {
        end_fetcher(fetcher);
        return facts.error();
    }
    fetcher.facts = std::move(facts).take();
    return fetcher;
}

void end_fetcher(LaunchedFetcher& fetcher) {
    if (fetcher.process <= 0) return;
    ::kill(fetcher.process, SIGKILL);  // not yet waited for, so the number is still its own
    while (::waitpid(fetcher.process, nullptr, 0) < 0 && errno == EINTR) {
    }
    fetcher = {};
}

}  // namespace docwright
