// seccomp: the system calls that an engine child may make once it is confined. An allow list; what is on neither list raises
// SIGSYS, which ends the child (its handler reports the number first). Some calls that libraries try and can do without are
// answered with EPERM instead.
// The filter is compiled once; installing it costs a child one system call.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"

namespace docwright {

class SystemCallFilter {
public:
    // Error: Unavailable where the kernel has no seccomp filters.
    static Result<SystemCallFilter> compile();

    // For a child that runs large libraries (LibreOffice), whose calls cannot be listed: what they never need is refused, the
    // rest allowed (library_calls.cpp).
    static Result<SystemCallFilter> compile_for_libraries();

    // For the calling process, for ever. Needs no_new_privs. Signals can afterwards be sent to the own process only.
    // Threads (and nothing else) may still be started, until refuse_new_threads().
    Status install() const;

private:
    std::vector<std::uint64_t> program_;  // struct sock_filter, eight bytes each
};

// After install(): what threads there are stay, no other is started. A document is not touched before this: one that took the
// engine over could otherwise fill the machine's table of threads.
Status refuse_new_threads();

}  // namespace docwright
