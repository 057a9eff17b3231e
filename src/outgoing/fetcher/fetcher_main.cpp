#include "outgoing/fetcher/fetcher_main.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdio>

#include "base/clock.h"
#include "base/log.h"
#include "engines/protocol/channel.h"
#include "outgoing/fetch.h"
#include "outgoing/fetcher/confinement.h"
#include "outgoing/fetcher/control_messages.h"
#include "outgoing/fetcher/session_loop.h"

namespace docwright {
namespace {

// Nothing of the server's leaks in, and we do not outlive the server.
void settle() {
    ::close_range(kFetcherControl + 1, ~0U, 0);
    ::fcntl(kFetcherControl, F_SETFD, FD_CLOEXEC);
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int number = 0; number <= 1; ++number) ::dup2(nothing, number);
    ::close(nothing);
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGXFSZ, SIG_IGN);  // a body beyond the limit of files is then a failed fetch
    ::prctl(PR_SET_NAME, "docwright-fetch");
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

Result<SetupMessage> wait_for_setup() {
    const Packet packet = TRY(receive_packet(kFetcherControl, 0, true));
    if (packet.closed) return Error{Fault::Internal, "docwright is gone."};
    return read_setup(packet.bytes);
}

Status work(pid_t supervisor, Network network) {
    const SetupMessage setup = TRY(wait_for_setup());
    const Client client = TRY(open_client({.allow_list = setup.allow_list, .extra_issuers = setup.extra_issuers}, std::move(network)));
    const ReadyMessage ready{.version = DOCWRIGHT_VERSION,
                             .facts = TRY(confine_fetcher({.user = setup.user, .allow_weak_sandbox = setup.allow_weak_sandbox}))};
    if (::getppid() != supervisor) return success();
    if (TRY(send_packet(kFetcherControl, packet_of(ready))) != Sent::Yes) return success();
    SystemClock clock;
    const Log log(STDERR_FILENO, LogLevel::Info, clock);
    return serve_sessions({.control = kFetcherControl, .client = client, .caps = setup.caps, .log = setup.log_failures ? &log : nullptr});
}

}  // namespace

int fetcher_main(pid_t supervisor, Network network) {
    if (::fcntl(kFetcherControl, F_GETFD) < 0 || ::getppid() != supervisor) {
        std::fputs("docwright fetcher is started by docwright and does nothing by itself.\n", stderr);
        return 2;
    }
    settle();
    const Status worked = work(supervisor, std::move(network));
    if (worked.ok()) return 0;
    (void)send_packet(kFetcherControl, broken_packet(worked.error()));  // if nobody listens, nobody needs to know
    return 1;
}

}  // namespace docwright
