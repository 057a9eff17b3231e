// UTF-8 read and written (RFC 3629), with one answer to what is none: each byte that begins no well-formed sequence becomes one
// U+FFFD, and so does each code point that is no character (a surrogate, or above U+10FFFF). Overlong forms are not well-formed.
// What comes out is always valid UTF-8. Fails: never. Cost: O(n).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace docwright {

constexpr char32_t kReplacementCharacter = 0xFFFD;

constexpr bool is_character(char32_t code) { return code < 0xD800 || (code > 0xDFFF && code <= 0x10FFFF); }

// Bytes of the well-formed sequence at the front; 0 if there is none.
std::size_t utf8_sequence_bytes(std::string_view text);
bool is_utf8(std::string_view text);

// Takes the first code point off `rest`, which is not empty.
char32_t take_code_point(std::string_view& rest);
std::u32string code_points_of(std::string_view utf8);

void append_utf8_beyond_ascii(std::string& out, char32_t code);
inline void append_utf8(std::string& out, char32_t code) {  // inline: most text is ASCII, and the writers call it for every letter
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else {
        append_utf8_beyond_ascii(out, code);
    }
}
std::string utf8_of(std::u32string_view text);

// The front of the text, at most `longest` bytes, never a part of a sequence.
std::string_view cut_utf8(std::string_view text, std::size_t longest);

}  // namespace docwright
