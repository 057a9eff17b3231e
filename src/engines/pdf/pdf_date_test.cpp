#include "engines/pdf/pdf_date.h"

#include <gtest/gtest.h>

namespace docwright::pdf {
namespace {

TEST(PdfDate, keeps_the_offset_of_the_file) {
    EXPECT_EQ(local_date("D:20250131102030+01'00'"), "2025-01-31T10:20:30+01:00");
    EXPECT_EQ(local_date("D:20250131102030-0530"), "2025-01-31T10:20:30-05:30");
    EXPECT_EQ(local_date("D:20250131102030Z"), "2025-01-31T10:20:30Z");
    EXPECT_EQ(local_date("D:20250131102030"), "2025-01-31T10:20:30");
}

TEST(PdfDate, turns_to_utc_over_the_end_of_a_year) {
    EXPECT_EQ(utc_date("D:20250101003000+01'00'"), "2024-12-31T23:30:00Z");
    EXPECT_EQ(utc_date("D:20250131102030"), "2025-01-31T10:20:30Z");
}

TEST(PdfDate, fills_what_a_short_date_leaves_out) { EXPECT_EQ(utc_date("D:2025"), "2025-01-01T00:00:00Z"); }

TEST(PdfDate, reads_the_iso_form) { EXPECT_EQ(utc_date("2025-01-31T10:20:30+02:00"), "2025-01-31T08:20:30Z"); }

TEST(PdfDate, gives_nothing_for_what_is_no_date) {
    EXPECT_EQ(utc_date("yesterday"), "");
    EXPECT_EQ(utc_date("D:20259931"), "");
    EXPECT_EQ(local_date(""), "");
}

}  // namespace
}  // namespace docwright::pdf
