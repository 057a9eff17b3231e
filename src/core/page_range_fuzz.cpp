// Any text is a page range or refused, and the pages of a range exist, ascend and come once.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/page_range.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace docwright;
    constexpr int kPageCount = 37;
    const Result<PageRange> range =
        parse_page_range(std::string_view(reinterpret_cast<const char*>(bytes), size));  // libFuzzer gives bytes
    if (!range.ok()) return 0;
    const Result<std::vector<int>> pages = pages_of(range.value(), kPageCount);
    if (!pages.ok()) return 0;
    const std::vector<int>& found = pages.value();
    const bool ascends = std::ranges::adjacent_find(found, std::ranges::greater_equal{}) == found.end();
    if (found.empty() || !ascends || found.front() < 0 || found.back() >= kPageCount) std::abort();
    return 0;
}
