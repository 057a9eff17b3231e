#include "core/page_range.h"

#include <gtest/gtest.h>

namespace docwright {
namespace {

std::string pages(std::string_view text, int page_count, bool as_written = false) {
    Result<PageRange> range = parse_page_range(text);
    if (!range.ok()) return "refused";
    Result<std::vector<int>> found = pages_of(range.value(), page_count, as_written);
    if (!found.ok()) return found.error().reason;
    std::string line;
    for (int page : found.value()) line += (line.empty() ? "" : " ") + std::to_string(page + 1);
    return line;
}

TEST(PageRange, takes_lists_and_ranges) { EXPECT_EQ(pages("1,3,5-7", 9), "1 3 5 6 7"); }
TEST(PageRange, takes_words_in_any_case) {
    EXPECT_EQ(pages("all", 3), "1 2 3");
    EXPECT_EQ(pages("Even", 5), "2 4");
    EXPECT_EQ(pages("ODD", 5), "1 3 5");
}
TEST(PageRange, means_all_pages_when_empty) { EXPECT_EQ(pages("", 2), "1 2"); }
TEST(PageRange, tolerates_spaces) { EXPECT_EQ(pages(" 1 , 2 - 3 ", 9), "1 2 3"); }
TEST(PageRange, takes_open_ranges) {
    EXPECT_EQ(pages("3-", 5), "3 4 5");
    EXPECT_EQ(pages("-2", 5), "1 2");
    EXPECT_EQ(pages("last", 5), "5");
}
TEST(PageRange, ignores_pages_beyond_the_end) { EXPECT_EQ(pages("2-9", 3), "2 3"); }
TEST(PageRange, says_when_nothing_remains) { EXPECT_EQ(pages("100-200", 3), "PAGE_RANGE_INVALID"); }
TEST(PageRange, sorts_unless_asked_to_keep_the_order) {
    EXPECT_EQ(pages("3,1,3", 3), "1 3");
    EXPECT_EQ(pages("3,1,3", 3, true), "3 1 3");
}
TEST(PageRange, refuses_what_is_no_range) {
    for (const char* text : {"0", "-", "8-3", "a", "1,,2", "1-2-3", "1,", "-0", "99999999999"})
        EXPECT_EQ(pages(text, 9), "refused") << text;
}

}  // namespace
}  // namespace docwright
