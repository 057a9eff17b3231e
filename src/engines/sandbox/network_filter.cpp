#include "engines/sandbox/network_filter.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "engines/sandbox/filter_building.h"

namespace docwright {
namespace {

// What OpenSSL, glibc's resolver and our own code need beside the common calls.
constexpr int kAllowed[] = {
    SCMP_SYS(stat),     SCMP_SYS(lstat),       SCMP_SYS(newfstatat),   SCMP_SYS(ppoll),      SCMP_SYS(getppid),
    SCMP_SYS(getuid),   SCMP_SYS(geteuid),     SCMP_SYS(getgid),       SCMP_SYS(getegid),    SCMP_SYS(connect),
    SCMP_SYS(shutdown), SCMP_SYS(getsockname), SCMP_SYS(getpeername),  SCMP_SYS(getsockopt), SCMP_SYS(setsockopt),
    SCMP_SYS(sendmmsg), SCMP_SYS(recvmmsg),    SCMP_SYS(memfd_create), SCMP_SYS(eventfd2),
};

constexpr unsigned kWriting = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;

Error refused(const char* call, int code) {
    return Error{Fault::Unavailable, "seccomp, which limits the system calls of the fetcher, is not available.",
                 std::string(call) + ": " + std::strerror(code)};
}

int allow_if(scmp_filter_ctx filter, int call, const scmp_arg_cmp& condition) { return add_rule(filter, SCMP_ACT_ALLOW, call, condition); }

// Calls that are allowed for some arguments only.
int add_conditional_rules(scmp_filter_ctx filter) {
    int wrong = 0;
    for (int family : {AF_INET, AF_INET6})  // else the way to local daemons, some of which run programs for a caller, stands open
        wrong |= allow_if(filter, SCMP_SYS(socket), equals(0, static_cast<std::uint64_t>(family)));
    wrong |= allow_if(filter, SCMP_SYS(mmap), masked_equals(2, PROT_EXEC, 0));
    wrong |= allow_if(filter, SCMP_SYS(mprotect), masked_equals(2, PROT_EXEC, 0));
    wrong |= allow_if(filter, SCMP_SYS(open), masked_equals(1, kWriting, O_RDONLY));
    wrong |= allow_if(filter, SCMP_SYS(openat), masked_equals(2, kWriting, O_RDONLY));
    wrong |= allow_if(filter, SCMP_SYS(ioctl), equals(1, FIONREAD));  // the resolver asks how long an answer is
    wrong |= allow_if(filter, SCMP_SYS(prlimit64), equals(2, 0));     // looks, sets nothing
    wrong |= allow_if(filter, SCMP_SYS(clone), equals(0, kThreadFlags));
    // clone3() keeps its flags in memory, where a filter cannot look: glibc is told that it does not exist.
    wrong |= ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    return wrong;
}

}  // namespace

Status install_network_filter() {
    const FilterRules filter(::seccomp_init(SCMP_ACT_ERRNO(EPERM)));
    if (!filter) return refused("seccomp_init", ENOMEM);
    int wrong = add_conditional_rules(filter.get());
    for (int call : kCommonCalls) wrong |= ::seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0);
    for (int call : kAllowed) wrong |= ::seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0);
    if (wrong != 0) return refused("seccomp_rule_add", EINVAL);
    if (const int code = ::seccomp_load(filter.get()); code != 0) return refused("seccomp_load", -code);
    return success();
}

}  // namespace docwright
