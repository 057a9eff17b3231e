#include "docgen/pictures/date_picture.h"

#include <gtest/gtest.h>

namespace docwright::docgen {
namespace {

std::string shown(const char* text, const char* picture) {
    const std::optional<DateTime> date = parse_date(text);
    return date ? show_date(*date, picture) : "none";
}

TEST(Dates, are_read_in_the_forms_that_people_and_programs_write) {
    const DateTime expected{.year = 2025, .month = 8, .day = 15};
    for (const char* text : {"2025-08-15", "2025/08/15", "08/15/2025", "8/15/2025", "15/08/2025", "15.8.2025", "August 15, 2025",
                             "Aug 15, 2025", "aug. 15 2025", "15 August 2025", "Friday, August 15, 2025", "Fri, 15 Aug 2025", "8/15/25"})
        EXPECT_EQ(parse_date(text), expected) << text;
}

TEST(Dates, keep_the_time_as_it_was_written) {
    EXPECT_EQ(parse_date("2025-07-04T10:20:30Z"), (DateTime{.year = 2025, .month = 7, .day = 4, .hour = 10, .minute = 20, .second = 30}));
    EXPECT_EQ(parse_date("2025-07-04T10:20:30.123+02:00"),
              (DateTime{.year = 2025, .month = 7, .day = 4, .hour = 10, .minute = 20, .second = 30}));
    EXPECT_EQ(parse_date("07/04/2025 12:05 AM"), (DateTime{.year = 2025, .month = 7, .day = 4, .minute = 5}));
    EXPECT_EQ(parse_date("July 4, 2025 at 1:05 pm"), (DateTime{.year = 2025, .month = 7, .day = 4, .hour = 13, .minute = 5}));
    EXPECT_EQ(parse_date("1751624430"), (DateTime{.year = 2025, .month = 7, .day = 4, .hour = 10, .minute = 20, .second = 30}));
    EXPECT_EQ(parse_date("1751624430123"), parse_date("1751624430"));
}

TEST(Dates, are_not_seen_in_other_texts) {
    for (const char* text : {"", "soon", "2025", "2025-13-01", "2025-02-30", "02/30/2025", "13/13/2025", "August", "August 2025 x", "12:30",
                             "2025-08-15 25:00", "15 Friday 2025", "1-2", "2025-08/15", "2025-08-15 13:00 PM", "٢٠٢٥-٠٨-١٥"})
        EXPECT_FALSE(parse_date(text)) << text;
}

TEST(DatePictures, show_every_item) {
    constexpr const char* kMorning = "2024-02-01T09:05:07";
    EXPECT_EQ(shown(kMorning, "MM/dd/yyyy"), "02/01/2024");
    EXPECT_EQ(shown(kMorning, "MM/dd/yy"), "02/01/24");
    EXPECT_EQ(shown(kMorning, "dd.MM.yyyy"), "01.02.2024");
    EXPECT_EQ(shown(kMorning, "d MMMM yyyy"), "1 February 2024");
    EXPECT_EQ(shown(kMorning, "dddd, MMMM d, yyyy"), "Thursday, February 1, 2024");
    EXPECT_EQ(shown(kMorning, "ddd MMM"), "Thu Feb");
    EXPECT_EQ(shown(kMorning, "D/M/YYYY"), "1/2/2024");
    EXPECT_EQ(shown(kMorning, "HH:mm:ss"), "09:05:07");
    EXPECT_EQ(shown(kMorning, "h:mm AM/PM"), "9:05 AM");
    EXPECT_EQ(shown(kMorning, "h:mm am/pm"), "9:05 am");
    EXPECT_EQ(shown("2024-02-01T12:00:00", "hh tt"), "12 PM");
    EXPECT_EQ(shown("2024-02-01T00:00:00", "h AM/PM"), "12 AM");
    EXPECT_EQ(shown(kMorning, "MMM 'of' yyyy"), "Feb of 2024");
    EXPECT_EQ(shown(kMorning, "yyyy-MM-dd'T'"), "2024-02-01T");
}

}  // namespace
}  // namespace docwright::docgen
