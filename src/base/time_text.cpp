#include "base/time_text.h"

#include <fmt/format.h>

#include <chrono>

namespace docwright {
namespace {

using Time = std::chrono::sys_time<std::chrono::microseconds>;

std::string date_and_time(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace

std::string utc_text(Microseconds time) {
    const Time point{std::chrono::microseconds(time)};
    const auto second = std::chrono::floor<std::chrono::seconds>(point);
    return fmt::format("{}.{:06}Z", date_and_time(point), (point - second).count());
}

std::string utc_text_seconds(Microseconds time) { return date_and_time(Time{std::chrono::microseconds(time)}) + "Z"; }

}  // namespace docwright
