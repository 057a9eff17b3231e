// Dates as templates get them and as Word's pictures show them, `\@ "MM/dd/yyyy"` (contract/docgen.md, 7; ECMA-376 part 1,
// 17.16.4.1). No zone is converted: a date is shown as it was written. Names of months and days are English.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace docwright::docgen {

struct DateTime {
    int year = 0, month = 1, day = 1;  // month and day from 1
    int hour = 0, minute = 0, second = 0;
    bool operator==(const DateTime&) const = default;
};

// 2024-01-15, 2025-07-04T10:00:00Z, 07/15/2025 (month first unless it exceeds 12), 2025/07/15, August 15, 2025, 15 Aug 2025,
// Friday, August 15, 2025, seconds or milliseconds since 1970 (10 or 13 digits). Nothing for any other text and for days that
// no calendar has.
std::optional<DateTime> parse_date(std::string_view text);

// Fails: never; what is no item of a picture is literal.
std::string show_date(const DateTime& date, std::string_view picture);

}  // namespace docwright::docgen
