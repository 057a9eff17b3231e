#include "engines/sandbox/system_calls.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "base/file_descriptor.h"
#include "engines/sandbox/filter_building.h"

namespace docwright {
namespace {

// Beside the common calls PDFium needs none. These are tried by code that goes on without or says what it lacks: opening configuration, a
// terminal, a file in memory.
constexpr int kRefused[] = {
    SCMP_SYS(open),       SCMP_SYS(openat), SCMP_SYS(socket),    SCMP_SYS(ioctl), SCMP_SYS(memfd_create), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(stat),  SCMP_SYS(lstat),
};

// Calls that are allowed for some arguments only.
int add_conditional_rules(scmp_filter_ctx filter) {
    int wrong = 0;
    // No new code: memory is never executable.
    wrong |= add_rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), masked_equals(2, PROT_EXEC, 0));
    wrong |= add_rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), masked_equals(2, PROT_EXEC, 0));
    // fstat() of an open descriptor comes as newfstatat with AT_EMPTY_PATH; a look at a path does not.
    wrong |= add_rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), masked_equals(3, AT_EMPTY_PATH, AT_EMPTY_PATH));
    wrong |= add_rule(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(newfstatat), masked_equals(3, AT_EMPTY_PATH, 0));
    // Its own limits: without privilege they can only be lowered.
    wrong |= add_rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), equals(0, 0));
    // Threads. clone3() keeps its flags in memory, where a filter cannot look: libraries are told that it does not exist.
    wrong |= add_rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), equals(0, kThreadFlags));
    wrong |= add_rule(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), {.arg = 0, .op = SCMP_CMP_NE, .datum_a = kThreadFlags, .datum_b = 0});
    wrong |= ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    // A further filter can only take away.
    wrong |= add_rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(seccomp), equals(0, SECCOMP_SET_MODE_FILTER));
    // abort(), and handing a signal on to its default action. To whom is bounded by install().
    wrong |= ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 0);
    return wrong;
}

// A signal to another process than `process` is refused. Loaded before the filter that forbids loading filters.
constexpr unsigned kFirstArgument = offsetof(seccomp_data, args[0]);

Status bind_signals_to(unsigned process) {
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(SCMP_SYS(tgkill)), 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kFirstArgument),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, process, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    sock_fprog filter{static_cast<unsigned short>(std::size(program)), program};
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) return seccomp_refused("prctl(PR_SET_SECCOMP)", errno);
    return success();
}

}  // namespace

Result<SystemCallFilter> SystemCallFilter::compile() {
    FilterRules filter(::seccomp_init(SCMP_ACT_TRAP));
    if (!filter) return seccomp_refused("seccomp_init", ENOMEM);
    int wrong = add_conditional_rules(filter.get());
    for (int call : kCommonCalls) wrong |= ::seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0);
    for (int call : kRefused) wrong |= ::seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 0);
    if (wrong != 0) return seccomp_refused("seccomp_rule_add", EINVAL);
    SystemCallFilter result;
    result.program_ = TRY(exported_program(filter.get()));
    return result;
}

Status SystemCallFilter::install() const {
    TRY(bind_signals_to(static_cast<unsigned>(::getpid())));
    std::vector<std::uint64_t> program = program_;
    sock_fprog filter{static_cast<unsigned short>(program.size()),
                      reinterpret_cast<sock_filter*>(program.data())};  // the kernel's own type
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) return seccomp_refused("prctl(PR_SET_SECCOMP)", errno);
    return success();
}

Status refuse_new_threads() {
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(SCMP_SYS(clone)), 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(SCMP_SYS(seccomp)), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    sock_fprog filter{static_cast<unsigned short>(std::size(program)), program};
    if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) != 0) return seccomp_refused("seccomp", errno);
    return success();
}

}  // namespace docwright
