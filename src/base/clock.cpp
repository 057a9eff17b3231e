#include "base/clock.h"

#include <chrono>

namespace docwright {

Microseconds SystemClock::now() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace docwright
