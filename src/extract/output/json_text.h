// Writes JSON text, compact, without a tree in memory. The caller opens and closes what it opens and closes; commas come by
// themselves. Numbers through std::to_chars, so that the same value is the same text everywhere.
// Strings are UTF-8 out of UTF-8 or code points; what is no character (lone surrogates, U+0000, broken UTF-8) becomes U+FFFD and
// control characters vanish, other than line feed and CR LF (contract/structure-info.md, section 2, rule 3).
// A late value is a place for text that is known only later: slots.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace docwright::extract {

class JsonText {
public:
    const std::string& text() const { return text_; }
    std::string take();   // and begin anew
    std::string drain();  // what was written so far; writing goes on as if it were still there
    void clear();

    JsonText& begin_object();
    JsonText& end_object();
    JsonText& begin_array();
    JsonText& end_array();
    JsonText& key(std::string_view name);  // names need no escape

    JsonText& string(std::string_view utf8);
    JsonText& string(std::u32string_view code_points);
    JsonText& integer(std::int64_t value);
    JsonText& decimal(double value);  // at most 2 decimals, none when it is whole
    JsonText& pointed(double value);  // at most 2 decimals, at least one: 24.0
    JsonText& boolean(bool value);
    JsonText& null();
    JsonText& raw(std::string_view json);        // a whole value
    JsonText& members(std::string_view json);    // of an open object or array: "a":1,"b":2 or 1,2; empty: nothing
    JsonText& late(std::uint32_t slot);          // a whole value
    JsonText& late_members(std::uint32_t slot);  // its text begins with the comma: ,"a":1 — or is empty

    // Shorthands for members; an empty text is left out by the _if forms.
    JsonText& member(std::string_view name, std::string_view utf8) { return key(name).string(utf8); }
    JsonText& member_if(std::string_view name, std::string_view utf8) { return utf8.empty() ? *this : key(name).string(utf8); }
    JsonText& member_if(std::string_view name, std::u32string_view text) { return text.empty() ? *this : key(name).string(text); }
    JsonText& flag(std::string_view name, bool value) { return key(name).boolean(value); }

private:
    void separate();
    std::string text_;
    bool comma_ = false;
};

// Marks a slot inside the text; no JSON text of ours holds these bytes otherwise.
constexpr char kSlotOpen = '\x02';
constexpr char kSlotClose = '\x03';

// The number as `decimal` writes it, appended.
void append_decimal(std::string& text, double value, bool always_point);

}  // namespace docwright::extract
