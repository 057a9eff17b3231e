#include "docgen/pictures/date_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "docgen/pictures/date_names.h"

namespace docwright::docgen {
namespace {

constexpr std::size_t kShortName = 3;
constexpr int kHalfDay = 12;
constexpr int kCentury = 100;

std::string_view day_name(const DateTime& date) {
    using namespace std::chrono;
    const weekday day(sys_days(
        year_month_day{year(date.year), month(static_cast<unsigned>(date.month)), std::chrono::day(static_cast<unsigned>(date.day))}));
    return kDayNames[day.c_encoding()];
}

std::string number(int value, std::size_t letters) { return letters == 1 ? fmt::format("{}", value) : fmt::format("{:02}", value); }

std::string name(std::string_view full, std::size_t letters) {
    return std::string(letters == kShortName ? full.substr(0, kShortName) : full);
}

std::string half_of_day(const DateTime& date, bool upper) {
    if (upper) return date.hour < kHalfDay ? "AM" : "PM";
    return date.hour < kHalfDay ? "am" : "pm";
}

// Of `letters` times the letter; empty: no item of a date.
std::string item(const DateTime& date, char letter, std::size_t letters) {
    constexpr std::size_t kNumber = 2, kLongName = 4;
    switch (letter) {
        case 'd':
        case 'D':
            if (letters <= kNumber) return number(date.day, letters);
            return letters <= kLongName ? name(day_name(date), letters) : std::string();
        case 'M':
            if (letters <= kNumber) return number(date.month, letters);
            return letters <= kLongName ? name(kMonthNames[static_cast<std::size_t>(date.month - 1)], letters) : std::string();
        case 'y':
        case 'Y': return letters <= kNumber ? fmt::format("{:02}", date.year % kCentury) : fmt::format("{:04}", date.year);
        case 'h': return number((date.hour + kHalfDay - 1) % kHalfDay + 1, letters);
        case 'H': return number(date.hour, letters);
        case 'm': return number(date.minute, letters);
        case 's': return number(date.second, letters);
        case 't': return letters == kNumber ? half_of_day(date, true) : std::string();
        default: return {};
    }
}

}  // namespace

std::string show_date(const DateTime& date, std::string_view picture) {
    constexpr std::string_view kHalves[] = {"AM/PM", "am/pm"};
    std::string out;
    for (std::size_t at = 0; at < picture.size();) {
        const char letter = picture[at];
        if (letter == '\'' || letter == '"') {
            const std::size_t end = std::min(picture.find(letter, at + 1), picture.size());
            out += picture.substr(at + 1, end - at - 1);
            at = end + 1;
            continue;
        }
        const auto* half = std::ranges::find_if(kHalves, [&](std::string_view word) { return picture.substr(at).starts_with(word); });
        if (half != std::end(kHalves)) {
            out += half_of_day(date, half == std::begin(kHalves));
            at += half->size();
            continue;
        }
        const std::size_t end = std::min(picture.find_first_not_of(letter, at), picture.size());
        const std::string shown = item(date, letter, end - at);
        out += shown.empty() ? picture.substr(at, end - at) : std::string_view(shown);
        at = end;
    }
    return out;
}

}  // namespace docwright::docgen
