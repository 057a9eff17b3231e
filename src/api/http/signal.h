// Wakes one waiting coroutine from any thread, so that waiting holds no thread.
#pragma once

#include <chrono>
#include <memory>

#include "api/http/pool.h"

namespace docwright::http {

class Signal {
public:
    virtual ~Signal() = default;
    virtual void raise() = 0;  // any thread, any time; wakes the next wait() too if none is going on
    // True: raised since the last wait; false: the time is over.
    virtual Task<bool> wait(std::chrono::milliseconds most) = 0;
};

// Shared with whoever raises it, because a raise may be on its way when the waiter is gone.
Task<std::shared_ptr<Signal>> new_signal();

}  // namespace docwright::http
