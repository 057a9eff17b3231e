#include "base/time_text.h"

#include <gtest/gtest.h>

namespace docwright {
namespace {

TEST(TimeText, always_has_six_digits_in_the_log) {
    EXPECT_EQ(utc_text(0), "1970-01-01T00:00:00.000000Z");
    EXPECT_EQ(utc_text(1'795'499'426'123'456), "2026-11-24T05:50:26.123456Z");
}

TEST(TimeText, has_whole_seconds_for_answers) { EXPECT_EQ(utc_text_seconds(1'795'499'426'999'999), "2026-11-24T05:50:26Z"); }

}  // namespace
}  // namespace docwright
