#include "docgen/package/base64_value.h"

#include <cstdint>

namespace docwright::docgen {
namespace {

constexpr int kSpace = -1, kWrong = -2;

int digit(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+' || c == '-') return 62;
    if (c == '/' || c == '_') return 63;
    return c == '\n' || c == '\r' || c == ' ' || c == '\t' ? kSpace : kWrong;
}

Error wrong() { return Error{Fault::InvalidInput, "The value is not base64."}; }

}  // namespace

Result<std::string> bytes_of_base64(std::string_view text) {
    if (text.starts_with("data:")) {
        const std::size_t comma = text.find(',');
        if (comma == std::string_view::npos || !text.substr(0, comma).ends_with(";base64")) return wrong();
        text.remove_prefix(comma + 1);
    }
    while (!text.empty() && (text.back() == '=' || digit(text.back()) == kSpace)) text.remove_suffix(1);
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int value = digit(c);
        if (value == kWrong) return wrong();
        if (value == kSpace) continue;
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
    }
    if (count >= 6) return wrong();
    return bytes;
}

}  // namespace docwright::docgen
