// Tries, in an already confined child, what a document that took it over would try.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>

#include "engines/child/child.h"

namespace docwright {
namespace {

using Attempt = long (*)(pid_t other);  // as system calls answer: below 0 and errno, or it happened

long send_to(int kind, unsigned short port) {
    int number = ::socket(AF_INET, kind | SOCK_CLOEXEC, 0);
    if (number < 0) return -1;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    long answer = ::connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof address);  // the socket interface's own cast
    return answer < 0 && errno == ECONNREFUSED ? 0 : answer;                                       // refused by a network that it reached
}

struct NamedAttempt {
    std::string_view name;
    Attempt attempt;
};

constexpr NamedAttempt kAttempts[] = {
    {"read-shadow", [](pid_t) { return long{::open("/etc/shadow", O_RDONLY | O_CLOEXEC)}; }},
    {"read-file", [](pid_t) { return long{::open("/etc/passwd", O_RDONLY | O_CLOEXEC)}; }},
    {"look-at-file",
     [](pid_t) {
         struct stat facts {};
         return long{::stat("/etc/passwd", &facts)};
     }},
    {"list-folder", [](pid_t) { return long{::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)}; }},
    {"write-file", [](pid_t) { return long{::open("/tmp/docwright-forbidden", O_CREAT | O_WRONLY | O_CLOEXEC, 0600)}; }},
    {"memory-file", [](pid_t) { return long{::memfd_create("forbidden", MFD_CLOEXEC)}; }},
    {"connect", [](pid_t) { return send_to(SOCK_STREAM, 80); }},
    {"resolve", [](pid_t) { return send_to(SOCK_DGRAM, 53); }},
    {"local-socket", [](pid_t) { return long{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)}; }},
    {"execute", [](pid_t) { return long{::execl("/bin/true", "true", static_cast<char*>(nullptr))}; }},
    {"fork", [](pid_t) { return ::syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr); }},
    {"thread",
     [](pid_t) {
         pthread_t thread;
         errno = ::pthread_create(
             &thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr);
         return errno == 0 ? 0L : -1L;
     }},
    {"trace-server", [](pid_t other) { return ::ptrace(PTRACE_ATTACH, other, nullptr, nullptr); }},
    {"read-server",
     [](pid_t other) {
         char byte = 0;
         iovec here{&byte, 1}, there{&byte, 1};
         return long{::process_vm_readv(other, &here, 1, &there, 1, 0)};
     }},
    {"kill-server", [](pid_t other) { return long{::kill(other, 0)}; }},
    {"abort-server", [](pid_t other) { return ::syscall(SYS_tgkill, other, other, 0); }},
    {"kill-all", [](pid_t) { return long{::kill(-1, 0)}; }},
    {"become-root", [](pid_t) { return long{::setuid(0)}; }},
    {"new-namespace", [](pid_t) { return long{::unshare(CLONE_NEWUSER)}; }},
    {"mount", [](pid_t) { return long{::mount("none", "/", "tmpfs", 0, nullptr)}; }},
    {"raise-limit",
     [](pid_t) {
         rlimit everything{RLIM_INFINITY, RLIM_INFINITY};
         return long{::setrlimit(RLIMIT_FSIZE, &everything)};
     }},
    {"limit-server",
     [](pid_t other) {
         rlimit nothing{0, 0};
         return ::syscall(SYS_prlimit64, other, RLIMIT_CPU, &nothing, nullptr);
     }},
    {"new-code",
     [](pid_t) {
         void* code = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
         return code == MAP_FAILED ? -1L : 0L;
     }},
    {"load-program", [](pid_t) { return ::syscall(SYS_bpf, 0, nullptr, 0); }},
};

}  // namespace

int try_forbidden_thing(std::string_view name, pid_t other) {
    for (const NamedAttempt& each : kAttempts) {
        if (each.name != name) continue;
        errno = 0;
        return each.attempt(other) < 0 ? errno : 0;
    }
    return 0;  // an unknown name must not pass for a thing that was prevented
}

}  // namespace docwright
