// Any page, however odd: find_tables keeps its promises.
#include <cstdint>
#include <cstdlib>

#include "extract/tables/any_page.h"
#include "extract/tables/find_tables.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    constexpr std::size_t kMostBytes = 6000;  // a thousand texts and rulings: enough for every case, few enough for speed
    if (size > kMostBytes) return 0;
    const docwright::extract::tables::AnyPage page = docwright::extract::tables::page_from({bytes, size});
    const auto tables = docwright::extract::find_tables(page.facts, page.lines);
    if (!docwright::extract::tables::broken_promise(tables, page).empty()) std::abort();
    return 0;
}
