#include "base/utf8.h"

namespace docwright {
namespace {

unsigned byte_at(std::string_view text, std::size_t index) { return static_cast<unsigned char>(text[index]); }
bool goes_on(unsigned byte) { return (byte & 0xC0U) == 0x80U; }

}  // namespace

std::size_t utf8_sequence_bytes(std::string_view text) {
    if (text.empty()) return 0;
    const unsigned first = byte_at(text, 0);
    if (first < 0x80) return 1;
    const std::size_t size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (size == 0 || size > text.size()) return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if (!goes_on(byte_at(text, i))) return 0;
    }
    const unsigned second = byte_at(text, 1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool no_character = (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
    return overlong || no_character ? 0 : size;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = utf8_sequence_bytes(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

char32_t take_code_point(std::string_view& rest) {
    const std::size_t size = utf8_sequence_bytes(rest);
    char32_t code = size == 0 ? kReplacementCharacter : size == 1 ? byte_at(rest, 0) : byte_at(rest, 0) & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) code = code << 6U | (byte_at(rest, i) & 0x3FU);
    rest.remove_prefix(size == 0 ? 1 : size);
    return code;
}

std::u32string code_points_of(std::string_view utf8) {
    std::u32string text;
    text.reserve(utf8.size());
    while (!utf8.empty()) text += take_code_point(utf8);
    return text;
}

void append_utf8_beyond_ascii(std::string& out, char32_t code) {
    if (!is_character(code)) code = kReplacementCharacter;
    const auto tail = [&out](char32_t bits) { out += static_cast<char>(0x80U | (bits & 0x3FU)); };
    if (code < 0x800) {
        out += static_cast<char>(0xC0U | code >> 6U);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0U | code >> 12U);
        tail(code >> 6U);
    } else {
        out += static_cast<char>(0xF0U | code >> 18U);
        tail(code >> 12U);
        tail(code >> 6U);
    }
    tail(code);
}

std::string utf8_of(std::u32string_view text) {
    std::string out;
    out.reserve(text.size());
    for (char32_t code : text) append_utf8(out, code);
    return out;
}

std::string_view cut_utf8(std::string_view text, std::size_t longest) {
    if (text.size() <= longest) return text;
    while (longest > 0 && goes_on(byte_at(text, longest))) --longest;
    return text.substr(0, longest);
}

}  // namespace docwright
