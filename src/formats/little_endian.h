// Numbers in little-endian order out of bytes from outside, and views of such bytes that never reach beyond them.
#pragma once

#include <cstdint>
#include <string_view>

namespace docwright::formats {

// 0 where the bytes do not reach.
template <class Number>
Number little_endian(std::string_view bytes, std::uint64_t offset) {
    if (offset > bytes.size() || bytes.size() - offset < sizeof(Number)) return 0;
    std::uint64_t number = 0;
    for (std::size_t i = sizeof(Number); i-- > 0;) number = number << 8U | static_cast<unsigned char>(bytes[offset + i]);
    return static_cast<Number>(number);
}

// What there is of a stretch; empty where it begins beyond the end.
inline std::string_view stretch(std::string_view bytes, std::uint64_t offset, std::uint64_t size) {
    return offset >= bytes.size() ? std::string_view{} : bytes.substr(offset, size);
}

}  // namespace docwright::formats
