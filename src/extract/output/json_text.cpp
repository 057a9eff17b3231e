#include "extract/output/json_text.h"

#include <charconv>
#include <cmath>
#include <utility>

namespace docwright::extract {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_character(char32_t letter) { return letter != 0 && letter <= 0x10FFFF && (letter < 0xD800 || letter > 0xDFFF); }

void append_escaped(std::string& text, char letter) {
    switch (letter) {
        case '"': text += "\\\""; break;
        case '\\': text += "\\\\"; break;
        case '\n': text += "\\n"; break;
        case '\r': text += "\\r"; break;
        case '\t': text += "\\t"; break;
        default:
            if (static_cast<unsigned char>(letter) >= 0x20) text += letter;
    }
}

// Decodes one code point from the front of `rest`; broken bytes give U+FFFD, one byte each.
char32_t next_letter(std::string_view& rest) {
    const auto byte = [&rest](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const unsigned first = byte(0);
    const std::size_t size = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    char32_t letter = size == 1 ? first : first & (0x7FU >> size);
    bool good = first < 0x80 || (first >= 0xC2 && first < 0xF5);
    for (std::size_t i = 1; good && i < size; ++i) {
        good = i < rest.size() && (byte(i) & 0xC0U) == 0x80;
        if (good) letter = letter << 6U | (byte(i) & 0x3FU);
    }
    constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};  // an overlong form is broken too
    good = good && letter >= kSmallest[size] && (is_character(letter) || letter == 0);
    rest.remove_prefix(good ? size : 1);
    return good ? letter : kReplacement;
}

}  // namespace

void append_utf8(std::string& text, char32_t letter) {
    if (!is_character(letter)) letter = kReplacement;
    const auto tail = [&text](char32_t bits) { text += static_cast<char>(0x80U | (bits & 0x3FU)); };
    if (letter < 0x80) {
        text += static_cast<char>(letter);
    } else if (letter < 0x800) {
        text += static_cast<char>(0xC0U | letter >> 6U);
        tail(letter);
    } else if (letter < 0x10000) {
        text += static_cast<char>(0xE0U | letter >> 12U);
        tail(letter >> 6U);
        tail(letter);
    } else {
        text += static_cast<char>(0xF0U | letter >> 18U);
        tail(letter >> 12U);
        tail(letter >> 6U);
        tail(letter);
    }
}

void append_decimal(std::string& text, double value, bool always_point) {
    if (!std::isfinite(value)) value = 0;
    char digits[400];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value, std::chars_format::fixed, 2).ptr;
    std::string_view number(digits, static_cast<std::size_t>(end - digits));
    if (number.back() == '0') number.remove_suffix(1);
    if (number.back() == '0' && !always_point) number.remove_suffix(2);
    if (number == "-0" || number == "-0.0") number.remove_prefix(1);
    text += number;
}

std::string JsonText::take() {
    comma_ = false;
    return std::exchange(text_, {});
}

std::string JsonText::drain() { return std::exchange(text_, {}); }

void JsonText::clear() {
    text_.clear();
    comma_ = false;
}

void JsonText::separate() {
    if (comma_) text_ += ',';
    comma_ = true;
}

JsonText& JsonText::begin_object() {
    separate();
    text_ += '{';
    comma_ = false;
    return *this;
}

JsonText& JsonText::end_object() {
    text_ += '}';
    comma_ = true;
    return *this;
}

JsonText& JsonText::begin_array() {
    separate();
    text_ += '[';
    comma_ = false;
    return *this;
}

JsonText& JsonText::end_array() {
    text_ += ']';
    comma_ = true;
    return *this;
}

JsonText& JsonText::key(std::string_view name) {
    separate();
    text_ += '"';
    text_ += name;
    text_ += "\":";
    comma_ = false;
    return *this;
}

JsonText& JsonText::string(std::string_view utf8) {
    separate();
    text_ += '"';
    while (!utf8.empty()) {
        const char first = utf8.front();
        if (first > 0) {
            append_escaped(text_, first);
            utf8.remove_prefix(1);
        } else {
            append_utf8(text_, next_letter(utf8));
        }
    }
    text_ += '"';
    return *this;
}

JsonText& JsonText::string(std::u32string_view code_points) {
    separate();
    text_ += '"';
    for (char32_t letter : code_points) {
        if (letter > 0 && letter < 0x80) {
            append_escaped(text_, static_cast<char>(letter));
        } else {
            append_utf8(text_, letter);
        }
    }
    text_ += '"';
    return *this;
}

JsonText& JsonText::integer(std::int64_t value) {
    separate();
    char digits[24];
    text_.append(digits, std::to_chars(std::begin(digits), std::end(digits), value).ptr);
    return *this;
}

JsonText& JsonText::decimal(double value) {
    separate();
    append_decimal(text_, value, false);
    return *this;
}

JsonText& JsonText::pointed(double value) {
    separate();
    append_decimal(text_, value, true);
    return *this;
}

JsonText& JsonText::boolean(bool value) { return raw(value ? "true" : "false"); }
JsonText& JsonText::null() { return raw("null"); }

JsonText& JsonText::raw(std::string_view json) {
    separate();
    text_ += json;
    return *this;
}

JsonText& JsonText::members(std::string_view json) { return json.empty() ? *this : raw(json); }

JsonText& JsonText::late(std::uint32_t slot) {
    separate();
    return late_members(slot);
}

JsonText& JsonText::late_members(std::uint32_t slot) {
    text_ += kSlotOpen;
    text_ += std::to_string(slot);
    text_ += kSlotClose;
    comma_ = true;
    return *this;
}

}  // namespace docwright::extract
