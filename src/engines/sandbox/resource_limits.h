// rlimits of one engine child. They can be lowered again by the child itself, never raised.
#pragma once

#include <cstdint>

#include "base/limits.h"
#include "base/result.h"

namespace docwright {

struct ResourceLimits {
    int cpu_seconds;              // SIGXCPU, one second later SIGKILL
    std::uint64_t address_bytes;  // allocations beyond it fail
    std::uint64_t file_bytes;     // SIGXFSZ
    int open_files = limits::kEngineOpenFiles;
};

// Also: no core files. Error: Unavailable with errno.
Status set_resource_limits(const ResourceLimits& wanted);

// Size of files for a while: below the limit that was set before, and up to it again later.
Status set_output_limit(std::uint64_t file_bytes);

// Under the address sanitizer memory cannot be limited: it reserves terabytes of addresses.
bool memory_limit_works();

}  // namespace docwright
