#include "engines/supervisor/parent_process.h"

#include <signal.h>
#include <spawn.h>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <vector>

#include "engines/protocol/channel.h"
#include "engines/protocol/process_handle.h"
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

// Only what a sanitizer needs to be told beside a fixed locale.
std::vector<std::string> environment() {
    std::vector<std::string> variables = {"LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin", "LD_BIND_NOW=1"};
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
        if (const char* value = std::getenv(name)) variables.push_back(std::string(name) + "=" + value);
    }
    return variables;
}

std::vector<char*> as_pointers(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

// The new program starts with default signals, none of them blocked, and the channel as its only descriptor beyond the first three.
int spawn(pid_t& process, const ParentOrder& order, int channel) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&files, channel, kChannelInEngine);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    // A session and a group of its own. Single-use children stay in both, reusable ones make groups within the session.
    ::posix_spawnattr_setflags(&attributes, static_cast<short>(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID));
    std::vector<std::string> arguments = arguments_of(order), variables = environment();
    int code =
        ::posix_spawn(&process, order.path.c_str(), &files, &attributes, as_pointers(arguments).data(), as_pointers(variables).data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&files);
    return code;
}

}  // namespace

Result<ParentProcess> start_parent(const ParentOrder& order) {
    auto ends = TRY(socket_pair());
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // children whose parent is lost become ours to bury, not the machine's
    ParentProcess parent;
    if (int code = spawn(parent.process, order, ends[1].get()); code != 0) return cannot_start(order.path, code);
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
