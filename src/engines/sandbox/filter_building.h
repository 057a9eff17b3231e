// The parts that every compiled list of system calls shares: libseccomp's rules become a program in memory.
#pragma once

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

Error seccomp_refused(const char* call, int code);

// struct sock_filter, eight bytes each. Error: Unavailable.
Result<std::vector<std::uint64_t>> exported_program(scmp_filter_ctx rules);

}  // namespace docwright
