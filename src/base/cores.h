// How many processor cores this process may use: affinity and container limits count, at least 1.
#pragma once

#include <sched.h>

#include <algorithm>

namespace docwright {

inline int usable_cores() {
    cpu_set_t cores;
    return ::sched_getaffinity(0, sizeof cores, &cores) == 0 ? std::max(1, CPU_COUNT(&cores)) : 1;
}

}  // namespace docwright
