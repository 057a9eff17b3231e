#include "engines/sandbox/network_filter.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>

namespace docwright {
namespace {

// What OpenSSL, glibc's resolver and allocator, and our own code need.
constexpr int kAllowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(pread64),
    SCMP_SYS(pwrite64),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(lseek),
    SCMP_SYS(ftruncate),
    SCMP_SYS(stat),
    SCMP_SYS(fstat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(fcntl),
    SCMP_SYS(close),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(getrandom),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(getpid),
    SCMP_SYS(getppid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(connect),
    SCMP_SYS(shutdown),
    SCMP_SYS(getsockname),
    SCMP_SYS(getpeername),
    SCMP_SYS(getsockopt),
    SCMP_SYS(setsockopt),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendmmsg),
    SCMP_SYS(recvmsg),
    SCMP_SYS(recvmmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(recvfrom),
    SCMP_SYS(memfd_create),
    SCMP_SYS(eventfd2),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(getrlimit),
    SCMP_SYS(getrusage),
    SCMP_SYS(rseq),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(restart_syscall),
};

// What glibc asks clone() for when it starts a thread; any other kind of new process has other flags.
constexpr unsigned kThreadFlags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS |
                                  CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
constexpr unsigned kWriting = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;

struct ReleaseFilter {
    void operator()(void* filter) const { ::seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, ReleaseFilter>;

Error refused(const char* call, int code) {
    return Error{Fault::Unavailable, "seccomp, which limits the system calls of the fetcher, is not available.",
                 std::string(call) + ": " + std::strerror(code)};
}

int allow_if(scmp_filter_ctx filter, int call, unsigned argument, std::uint64_t mask, std::uint64_t value) {
    const scmp_arg_cmp condition{.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = mask, .datum_b = value};
    return ::seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &condition);
}

// Calls that are allowed for some arguments only.
int add_conditional_rules(scmp_filter_ctx filter) {
    constexpr std::uint64_t kWhole = ~0ULL;
    int wrong = 0;
    for (int family : {AF_INET, AF_INET6})  // else the way to local daemons, some of which run programs for a caller, stands open
        wrong |= allow_if(filter, SCMP_SYS(socket), 0, kWhole, static_cast<std::uint64_t>(family));
    wrong |= allow_if(filter, SCMP_SYS(mmap), 2, PROT_EXEC, 0);
    wrong |= allow_if(filter, SCMP_SYS(mprotect), 2, PROT_EXEC, 0);
    wrong |= allow_if(filter, SCMP_SYS(open), 1, kWriting, O_RDONLY);
    wrong |= allow_if(filter, SCMP_SYS(openat), 2, kWriting, O_RDONLY);
    wrong |= allow_if(filter, SCMP_SYS(ioctl), 1, kWhole, FIONREAD);  // the resolver asks how long an answer is
    wrong |= allow_if(filter, SCMP_SYS(prlimit64), 2, kWhole, 0);     // looks, sets nothing
    wrong |= allow_if(filter, SCMP_SYS(clone), 0, kWhole, kThreadFlags);
    // clone3() keeps its flags in memory, where a filter cannot look: glibc is told that it does not exist.
    wrong |= ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    return wrong;
}

}  // namespace

Status install_network_filter() {
    const Filter filter(::seccomp_init(SCMP_ACT_ERRNO(EPERM)));
    if (!filter) return refused("seccomp_init", ENOMEM);
    int wrong = add_conditional_rules(filter.get());
    for (int call : kAllowed) wrong |= ::seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0);
    if (wrong != 0) return refused("seccomp_rule_add", EINVAL);
    if (const int code = ::seccomp_load(filter.get()); code != 0) return refused("seccomp_load", -code);
    return success();
}

}  // namespace docwright
