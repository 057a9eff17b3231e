#include "extract/output/json_text.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "base/utf8.h"

namespace docwright::extract {
namespace {

// Of one ASCII character.
void append_escaped(std::string& text, char letter) {
    switch (letter) {
        case '\0': append_utf8(text, kReplacementCharacter); break;
        case '"': text += "\\\""; break;
        case '\\': text += "\\\\"; break;
        case '\n': text += "\\n"; break;
        case '\r': text += "\\r"; break;
        case '\t': text += "\\t"; break;
        default:
            if (static_cast<unsigned char>(letter) >= 0x20) text += letter;
    }
}

}  // namespace

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
        if (first >= 0) {
            append_escaped(text_, first);
            utf8.remove_prefix(1);
        } else {
            append_utf8(text_, take_code_point(utf8));
        }
    }
    text_ += '"';
    return *this;
}

JsonText& JsonText::string(std::u32string_view code_points) {
    separate();
    text_ += '"';
    for (char32_t letter : code_points) {
        if (letter < 0x80) {
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
