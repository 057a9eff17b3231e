#include "engines/pdf/pdf_date.h"

#include <chrono>
#include <cstdio>
#include <optional>

namespace docwright::pdf {
namespace {

struct Date {
    int year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0;
    bool has_zone = false;
    int offset_minutes = 0;
};

// Up to `digits` digits at the front, removed from `text`; `otherwise` if there are none.
int number(std::string_view& text, std::size_t digits, int otherwise) {
    int value = 0;
    std::size_t read = 0;
    for (; read < digits && read < text.size() && text[read] >= '0' && text[read] <= '9'; ++read) value = value * 10 + (text[read] - '0');
    if (read < digits) return otherwise;
    text.remove_prefix(read);
    return value;
}

std::optional<Date> parsed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    if (text.starts_with("D:")) text.remove_prefix(2);
    Date date;
    date.year = number(text, 4, -1);
    // Dates in ISO form occur too: skip what stands between the numbers.
    auto skip = [&](char c) {
        if (!text.empty() && text.front() == c) text.remove_prefix(1);
    };
    skip('-');
    date.month = number(text, 2, 1);
    skip('-');
    date.day = number(text, 2, 1);
    skip('T');
    date.hour = number(text, 2, 0);
    skip(':');
    date.minute = number(text, 2, 0);
    skip(':');
    date.second = number(text, 2, 0);
    bool plausible = date.year > 0 && date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31 && date.hour < 24 &&
                     date.minute < 60 && date.second < 61;
    if (!plausible) return std::nullopt;
    if (text.starts_with('Z')) date.has_zone = true;
    if (text.starts_with('+') || text.starts_with('-')) {
        int sign = text.front() == '+' ? 1 : -1;
        text.remove_prefix(1);
        int hours = number(text, 2, 0);
        skip('\'');
        skip(':');
        int minutes = number(text, 2, 0);
        date.has_zone = true;
        if (hours < 24 && minutes < 60) date.offset_minutes = sign * (hours * 60 + minutes);
    }
    return date;
}

std::string spelled(const Date& date, const std::string& zone) {
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", date.year, date.month, date.day, date.hour, date.minute, date.second);
    return text + zone;
}

}  // namespace

std::string local_date(std::string_view text) {
    auto date = parsed(text);
    if (!date) return {};
    if (!date->has_zone) return spelled(*date, "");
    if (date->offset_minutes == 0) return spelled(*date, "Z");
    char zone[16];
    int minutes = date->offset_minutes < 0 ? -date->offset_minutes : date->offset_minutes;
    std::snprintf(zone, sizeof zone, "%c%02d:%02d", date->offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
    return spelled(*date, zone);
}

std::string utc_date(std::string_view text) {
    auto date = parsed(text);
    if (!date) return {};
    using namespace std::chrono;
    year_month_day day{year{date->year}, month{static_cast<unsigned>(date->month)}, std::chrono::day{static_cast<unsigned>(date->day)}};
    auto time = sys_days(day) + hours{date->hour} + minutes{date->minute} + seconds{date->second} - minutes{date->offset_minutes};
    auto midnight = floor<days>(time);
    year_month_day calendar{midnight};
    hh_mm_ss clock{time - midnight};
    Date utc{static_cast<int>(calendar.year()),
             static_cast<int>(static_cast<unsigned>(calendar.month())),
             static_cast<int>(static_cast<unsigned>(calendar.day())),
             static_cast<int>(clock.hours().count()),
             static_cast<int>(clock.minutes().count()),
             static_cast<int>(clock.seconds().count())};
    return spelled(utc, "Z");
}

}  // namespace docwright::pdf
