// Texts of PDFium as UTF-8: what it gives as UTF-16 in a caller's buffer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace docwright::pdf {

std::string utf8_of(std::u16string_view text);  // lone surrogates become U+FFFD

// `get(buffer, bytes)` is one of PDFium's functions: it returns the bytes that it needs, the closing zero included.
template <class Get>
std::string utf8_from(Get get) {
    constexpr unsigned long kLongest = 2UL * 1024 * 1024;  // a text of a page's structure or label is never so long
    unsigned long bytes = get(nullptr, 0UL);
    if (bytes <= sizeof(char16_t) || bytes > kLongest) return {};
    std::u16string text(bytes / sizeof(char16_t), u'\0');
    get(text.data(), bytes);
    while (!text.empty() && text.back() == u'\0') text.pop_back();
    return utf8_of(text);
}

}  // namespace docwright::pdf
