#include "engines/supervisor/parent_process.h"

#include <signal.h>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <vector>

#include "engines/protocol/channel.h"
#include "engines/protocol/process_handle.h"
#include "engines/protocol/spawn.h"
#include "engines/supervisor/processes.h"

namespace docwright {
namespace {

constexpr int kChannelInEngine = 3;  // engines/child/parent.h: kParentChannel

// Waiting for processes that are killed already: a browser's take back gigabytes.
constexpr int kRoundsForTheRest = 500;
constexpr useconds_t kRoundMicroseconds = 10'000;

Error cannot_start(const std::string& path, int code) {
    return Error{Fault::Unavailable, "The engine cannot be started.", path + ": " + std::strerror(code)};
}

std::vector<std::string> arguments_of(const ParentOrder& order) {
    std::vector<std::string> arguments = {
        order.path, "--kind",  order.kind, "--supervisor", std::to_string(::getpid()), "--spares", std::to_string(order.spares),
        "--user",   order.user};
    if (order.allow_weak_sandbox) arguments.emplace_back("--allow-weak-sandbox");
    if (order.keep_messages) arguments.emplace_back("--keep-messages");
    if (order.checksums) arguments.emplace_back("--checksums");
    if (order.by_tenant) arguments.emplace_back("--by-tenant");
    return arguments;
}

}  // namespace

Result<ParentProcess> start_parent(const ParentOrder& order) {
    auto ends = TRY(socket_pair());
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // children whose parent is lost become ours to bury, not the machine's
    ParentProcess parent;
    ProgramOrder program{.path = order.path,
                         .arguments = arguments_of(order),
                         .variables = {"LD_BIND_NOW=1"},  // libraries are bound once for all children
                         .channel = ends[1].get(),
                         .number = kChannelInEngine,
                         // Single-use children stay in its session and group, reusable ones make groups within the session.
                         .apart = Apart::Session};
    if (int code = spawn(parent.process, std::move(program)); code != 0) return cannot_start(order.path, code);
    parent.channel = std::move(ends[0]);
    parent.handle = open_process(parent.process);
    if (!parent.handle.open()) {
        Error error = cannot_start("pidfd_open", errno);
        end_parent(parent);
        return error;
    }
    return parent;
}

void end_parent(ParentProcess& parent) {
    if (parent.process <= 0) return;
    const pid_t session = parent.process;                     // not yet waited for, so the number is still its group's and its session's
    std::vector<pid_t> rest = processes_of_session(session);  // as long as it shows who has started whom
    ::kill(-session, SIGKILL);
    for (pid_t process : rest) ::kill(process, SIGKILL);
    while (::waitpid(-session, nullptr, 0) > 0 || errno == EINTR) {
    }
    // What has groups of its own is ours now, one after another as their parents end.
    for (int round = 0; round < kRoundsForTheRest && !rest.empty(); ++round) {
        if (round > 0) ::usleep(kRoundMicroseconds);
        std::ranges::move(processes_of_session(session), std::back_inserter(rest));
        std::erase_if(rest, [](pid_t process) { return ::kill(process, SIGKILL) != 0 || ::waitpid(process, nullptr, WNOHANG) > 0; });
    }
    parent = {};
}

std::string path_beside_this_program(std::string_view name) {
    std::array<char, 4096> path{};
    ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
    std::string_view own(path.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    std::size_t slash = own.rfind('/');
    return std::string(own.substr(0, slash == std::string_view::npos ? 0 : slash + 1)) + std::string(name);
}

}  // namespace docwright
