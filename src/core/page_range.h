// Page ranges as clients write them: "1,3,5-10", "all", "even", "odd", "5-", "-3", "last" (contract/pdf-services.md, 5.3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace docwright {

struct PageRange {
    enum class Kind { All, Even, Odd, List };
    struct Span {
        int first;  // page number, from 1; kLastPage means the last page
        int last;   // inclusive
    };
    static constexpr int kLastPage = -1;
    Kind kind = Kind::All;
    std::vector<Span> spans = {};
};

// Error: InvalidInput for "0", negatives, "8-3" and letters, saying what is allowed. "" is all pages.
Result<PageRange> parse_page_range(std::string_view text);

// The page indexes (from 0) of a document of `page_count` pages. Pages beyond the end are ignored.
// `as_written`: in the order and with the repetitions of the text; else ascending and each once.
// Error: InvalidInput with reason PAGE_RANGE_INVALID if nothing remains.
Result<std::vector<int>> pages_of(const PageRange& range, int page_count, bool as_written = false);

}  // namespace docwright
