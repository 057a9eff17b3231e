// Time that only goes forward: for deadlines and durations between processes of one machine. Never part of a result.
#pragma once

#include <time.h>

#include "base/clock.h"

namespace docwright {

inline Microseconds steady_time() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return Microseconds{now.tv_sec} * kMicrosecondsPerSecond + now.tv_nsec / 1000;
}

}  // namespace docwright
