// What a confined fetcher can no longer do, tried in a process of its own; and what it still must.
#include "outgoing/fetcher/confinement.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netdb.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <thread>

#include "base/file_descriptor.h"
#include "outgoing/loopback_server.h"

namespace docwright {
namespace {

constexpr int kNotConfined = 99;

// Runs `act` in a child process that is confined first. Its exit code, or minus the signal that ended it.
int confined(const std::function<int()>& act) {
    const pid_t process = ::fork();
    if (process == 0) ::_exit(confine_fetcher({.user = "nobody"}).ok() ? act() : kNotConfined);
    int status = 0;
    ::waitpid(process, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

int error_of(long answer) { return answer < 0 ? errno : 0; }
bool opens(const char* path, int flags) { return FileDescriptor(::open(path, flags | O_CLOEXEC, 0600)).open(); }

TEST(FetcherConfinement, leaves_no_file_but_those_of_resolver_and_tls) {
    const bool hosts = ::access("/etc/hosts", R_OK) == 0;
    EXPECT_EQ(confined([hosts] {
                  if (opens("/etc/passwd", O_RDONLY)) return 1;
                  if (opens("/proc/self/environ", O_RDONLY)) return 2;
                  if (opens("/tmp/docwright-fetcher-test", O_WRONLY | O_CREAT)) return 3;
                  if (opens("/etc/hosts", O_RDWR)) return 4;
                  if (opens("/etc/hosts", O_RDONLY) != hosts) return 5;
                  return 0;
              }),
              0);
}

TEST(FetcherConfinement, leaves_no_program_no_process_and_no_look_at_others) {
    EXPECT_EQ(confined([] {
                  char path[] = "/bin/true";
                  char* arguments[] = {path, nullptr};
                  if (error_of(::execv(path, arguments)) != EPERM) return 1;
                  if (error_of(::fork()) != EPERM) return 2;
                  if (error_of(::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr)) != EPERM) return 3;
                  if (error_of(::kill(::getppid(), 0)) != EPERM) return 4;
                  if (error_of(::setuid(0)) == 0 && ::geteuid() == 0) return 5;
                  return 0;
              }),
              0);
}

TEST(FetcherConfinement, leaves_no_local_socket_and_no_listening) {
    EXPECT_EQ(confined([] {
                  if (error_of(::socket(AF_UNIX, SOCK_STREAM, 0)) != EPERM) return 1;
                  if (error_of(::socket(AF_NETLINK, SOCK_RAW, 0)) != EPERM) return 2;
                  const FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
                  const sockaddr_in place{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
                  if (error_of(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&place), sizeof place)) != EPERM) return 3;
                  if (error_of(::listen(socket.get(), 1)) != EPERM) return 4;
                  return 0;
              }),
              0);
}

TEST(FetcherConfinement, leaves_connections_threads_and_names) {
    const LoopbackServer server("x");
    const auto port = static_cast<std::uint16_t>(std::stoi(server.port()));
    // Whether the machine knows a name at all is not the fetcher's doing: a bare system has no /etc/hosts.
    auto look_up = [] {
        addrinfo* found = nullptr;
        return ::getaddrinfo("localhost", nullptr, nullptr, &found);
    };
    const int known = look_up();
    EXPECT_EQ(confined([&] {
                  const FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
                  const sockaddr_in place{
                      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
                  if (error_of(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&place), sizeof place)) != 0) return 1;
                  bool ran = false;
                  std::thread([&ran] { ran = true; }).join();
                  if (!ran) return 2;
                  return look_up() == known ? 0 : 3;
              }),
              0);
}

TEST(FetcherConfinement, says_what_is_in_force) {
    EXPECT_EQ(confined([] { return 0; }), 0);
    const pid_t process = ::fork();
    if (process == 0) {
        const auto facts = confine_fetcher({.user = "no-such-user"});
        ::_exit(facts.ok() == (::geteuid() != 0) ? 0 : 1);  // root needs the user, others have none to become
    }
    int status = 0;
    ::waitpid(process, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace docwright
