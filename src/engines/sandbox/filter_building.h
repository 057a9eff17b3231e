// The parts that every compiled list of system calls shares: libseccomp's rules become a program in memory.
#pragma once

#include <sched.h>
#include <seccomp.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.h"

namespace docwright {

struct ReleaseFilterRules {
    void operator()(void* rules) const { ::seccomp_release(rules); }
};
using FilterRules = std::unique_ptr<void, ReleaseFilterRules>;

// What glibc, its allocator and our own code need in every process that has a list of allowed calls, found by running the whole
// sample collection. sysinfo: glibc's qsort asks for the memory size. The end of the list: what sanitizers and stdio ask for.
inline constexpr int kCommonCalls[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(pread64),
    SCMP_SYS(pwrite64),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(lseek),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fstat),
    SCMP_SYS(fcntl),
    SCMP_SYS(close),
    SCMP_SYS(poll),
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
    SCMP_SYS(gettid),
    SCMP_SYS(sendmsg),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(recvfrom),
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
inline constexpr unsigned kThreadFlags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS |
                                         CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;

// Conditions on one argument, counted from 0, and a rule for calls that meet one. 0: the rule was added.
constexpr scmp_arg_cmp masked_equals(unsigned argument, std::uint64_t mask, std::uint64_t value) {
    return {.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = mask, .datum_b = value};
}
constexpr scmp_arg_cmp equals(unsigned argument, std::uint64_t value) {
    return {.arg = argument, .op = SCMP_CMP_EQ, .datum_a = value, .datum_b = 0};
}
inline int add_rule(scmp_filter_ctx rules, std::uint32_t action, int call, const scmp_arg_cmp& condition) {
    return ::seccomp_rule_add_array(rules, action, call, 1, &condition);
}

Error seccomp_refused(const char* call, int code);

// struct sock_filter, eight bytes each. Error: Unavailable.
Result<std::vector<std::uint64_t>> exported_program(scmp_filter_ctx rules);

}  // namespace docwright
