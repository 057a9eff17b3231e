#include "core/page_range.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/ascii.h"
#include "base/limits.h"

namespace docwright {
namespace {

Error refused(std::string_view text) {
    return Error{
        Fault::InvalidInput,
        fmt::format("pageRange \"{}\" is not a page range: write pages from 1 such as \"1,3,5-10\", or \"all\", \"even\", \"odd\".",
                    text.substr(0, 100))};
}

std::string without_spaces(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c != ' ' && c != '\t') out += ascii_lower(c);
    }
    return out;
}

std::optional<int> page_number(std::string_view text) {
    if (text == "last") return PageRange::kLastPage;
    int number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 1) return std::nullopt;
    return number;
}

std::optional<PageRange::Span> span_of(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) {
        std::optional<int> page = page_number(text);
        return page ? std::optional(PageRange::Span{*page, *page}) : std::nullopt;
    }
    std::string_view left = text.substr(0, dash);
    std::string_view right = text.substr(dash + 1);
    if (left.empty() && right.empty()) return std::nullopt;
    std::optional<int> first = left.empty() ? 1 : page_number(left);
    std::optional<int> last = right.empty() ? PageRange::kLastPage : page_number(right);
    if (!first || !last) return std::nullopt;
    if (*last != PageRange::kLastPage && (*first == PageRange::kLastPage || *first > *last)) return std::nullopt;
    return PageRange::Span{*first, *last};
}

}  // namespace

Result<PageRange> parse_page_range(std::string_view text) {
    const std::string plain = without_spaces(text);
    if (plain.empty() || plain == "all") return PageRange{};
    if (plain == "even") return PageRange{PageRange::Kind::Even};
    if (plain == "odd") return PageRange{PageRange::Kind::Odd};
    PageRange range{PageRange::Kind::List};
    for (std::size_t start = 0; start <= plain.size();) {
        const std::size_t comma = std::min(plain.find(',', start), plain.size());
        std::optional<PageRange::Span> span = span_of(std::string_view(plain).substr(start, comma - start));
        if (!span || range.spans.size() >= static_cast<std::size_t>(limits::kPages)) return refused(text);
        range.spans.push_back(*span);
        start = comma + 1;
    }
    return range;
}

Result<std::vector<int>> pages_of(const PageRange& range, int page_count, bool as_written) {
    std::vector<int> pages;
    auto add = [&](int first, int last, int step) {
        for (int page = first; page <= last; page += step) pages.push_back(page - 1);
    };
    switch (range.kind) {
        case PageRange::Kind::All: add(1, page_count, 1); break;
        case PageRange::Kind::Even: add(2, page_count, 2); break;
        case PageRange::Kind::Odd: add(1, page_count, 2); break;
        case PageRange::Kind::List:
            for (PageRange::Span span : range.spans) {
                int first = span.first == PageRange::kLastPage ? page_count : span.first;
                int last = span.last == PageRange::kLastPage ? page_count : std::min(span.last, page_count);
                if (pages.size() > static_cast<std::size_t>(limits::kPages)) break;
                add(first, last, 1);
            }
    }
    if (!as_written) {
        std::ranges::sort(pages);
        auto repeated = std::ranges::unique(pages);
        pages.erase(repeated.begin(), repeated.end());
    }
    if (pages.empty()) {
        return Error{Fault::InvalidInput, fmt::format("No page of the range exists: the document has {} pages.", page_count), "",
                     "PAGE_RANGE_INVALID"};
    }
    return pages;
}

}  // namespace docwright
