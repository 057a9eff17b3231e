// Time as an argument. Nothing below cli/ asks the operating system for the time of day.
#pragma once

#include <cstdint>

namespace docwright {

using Microseconds = std::int64_t;  // since 1970-01-01T00:00:00Z, or a length of time

constexpr Microseconds kMicrosecondsPerMillisecond = 1'000;
constexpr Microseconds kMicrosecondsPerSecond = 1'000'000;

class Clock {
public:
    virtual ~Clock() = default;
    virtual Microseconds now() const = 0;  // UTC; may jump when the machine's clock is set
};

class SystemClock final : public Clock {
public:
    Microseconds now() const override;
};

// For tests and simulations: stands still until told otherwise.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Microseconds start) : now_(start) {}
    Microseconds now() const override { return now_; }
    void advance(Microseconds by) { now_ += by; }

private:
    Microseconds now_;
};

}  // namespace docwright
