#include "docgen/merge/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "base/utf8.h"
#include "docgen/pictures/general_format.h"
#include "docgen/pictures/number_picture.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kTodayPicture = "MM/dd/yyyy", kCurrency = "Currency", kItem = ".", kValue = "value";

const json::value* member(const json::value& value, std::string_view key) {
    if (const json::object* object = value.if_object()) return object->if_contains(key);
    const json::array* array = value.if_array();
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
    if (!array || error != std::errc{} || end != key.data() + key.size() || index >= array->size()) return nullptr;
    return &(*array)[index];
}

// A path whose first part is there belongs to this level, also when its end is not.
struct Lookup {
    bool begins = false;
    const json::value* found = nullptr;
};

Lookup look_up(const json::value& level, std::string_view name) {
    if (const json::value* whole = member(level, name)) return {true, whole};
    const std::size_t dot = name.find('.');
    const json::value* at = member(level, name.substr(0, dot));
    if (!at || dot == std::string_view::npos) return {};
    for (std::string_view rest = name.substr(dot + 1); at; rest = rest.substr(rest.find('.') + 1)) {
        if (const json::value* whole = member(*at, rest)) return {true, whole};
        if (!rest.contains('.')) return {true, nullptr};
        at = member(*at, rest.substr(0, rest.find('.')));
    }
    return {true, nullptr};
}

std::string cleaned(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\r') {
            if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
        } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') {
            out += c;
        }
    }
    return is_utf8(out) ? out : utf8_of(code_points_of(out));
}

std::string double_text(double number) {
    char buffer[512];  // the longest double in fixed notation has some 330 characters
    const auto [end, error] = std::to_chars(std::begin(buffer), std::end(buffer), number, std::chars_format::fixed);
    return error == std::errc{} ? std::string(std::begin(buffer), end) : std::string();
}

std::string scalar_text(const json::value& value) {
    switch (value.kind()) {
        case json::kind::string: return cleaned(value.get_string());
        case json::kind::int64: return std::to_string(value.get_int64());
        case json::kind::uint64: return std::to_string(value.get_uint64());
        case json::kind::double_: return double_text(value.get_double());
        case json::kind::bool_: return value.get_bool() ? "true" : "false";
        default: return {};
    }
}

bool is_scalar(const json::value& value) { return !value.is_object() && !value.is_array(); }

std::string plain(const json::value& value, std::string_view name, const Warn& warn) {
    if (is_scalar(value)) return scalar_text(value);
    const json::array* array = value.if_array();
    if (array && std::ranges::all_of(*array, is_scalar)) {
        std::string joined;
        for (const json::value& each : *array) joined += (joined.empty() ? "" : ", ") + scalar_text(each);
        return joined;
    }
    warn(fmt::format("{{{{{}}}}} is {}, which a tag for one value cannot show; it stays empty.", name,
                     array ? "a list of objects" : "an object"));
    return {};
}

bool has_place_for_digit(std::string_view picture) { return picture.find_first_of("0#x") != std::string_view::npos; }
bool is_word(std::string_view picture) {
    return !picture.empty() && std::ranges::all_of(picture, [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
}

std::string with_formats(std::string text, const Switches& switches) {
    for (const std::string& format : switches.formats) text = formatted(text, format);
    return text;
}

std::string with_switches(const std::string& text, const Switches& switches, const MergeSettings& settings) {
    if (text.empty()) return text;
    if (switches.date) {
        const std::optional<DateTime> date = parse_date(text);
        return with_formats(date ? show_date(*date, *switches.date) : text, switches);
    }
    const std::optional<Decimal> number = switches.number ? number_in(text) : std::nullopt;
    return number ? shown_number(*number, switches, settings) : with_formats(text, switches);
}

}  // namespace

const json::value* Scope::find(std::string_view name) const {
    if (name == kItem || (name == kValue && outer_ && is_scalar(*value_))) return value_;
    for (const Scope* level = this; level; level = level->outer_) {
        const Lookup lookup = look_up(*level->value_, name);
        if (lookup.begins) return lookup.found;
    }
    return nullptr;
}

std::vector<Scope> Scope::kept() const {
    std::vector<Scope> scopes;
    for (const Scope* level = this; level; level = level->outer_) scopes.insert(scopes.begin(), *level);
    for (std::size_t i = 1; i < scopes.size(); ++i) scopes[i].outer_ = &scopes[i - 1];
    return scopes;
}

std::string shown_number(const Decimal& number, const Switches& switches, const MergeSettings& settings) {
    if (!switches.number) return with_formats(plain_text(number), switches);
    if (same_word(*switches.number, kCurrency)) return with_formats(currency_text(number, settings.culture), switches);
    // A word that is no picture is a keyword of other products.
    if (is_word(*switches.number) && !has_place_for_digit(*switches.number)) return {};
    return with_formats(show_number(number, *switches.number), switches);
}

std::string shown(const Tag& tag, const Scope& scope, const MergeSettings& settings, const Warn& warn) {
    const Switches& switches = tag.switches;
    if (tag.kind == TagKind::RowNumber) return scope.row() > 0 ? with_switches(std::to_string(scope.row()), switches, settings) : "";
    const json::value* value = scope.find(tag.name);
    std::string text;
    if (value) {
        text = with_switches(plain(*value, tag.name, warn), switches, settings);
    } else if (tag.name == kToday) {
        text = with_formats(show_date(settings.today, switches.date.value_or(std::string(kTodayPicture))), switches);
    }
    return text.empty() ? text : switches.before + text + switches.after;
}

bool is_missing(const Tag& tag, const Scope& scope) {
    const bool wants_value =
        tag.kind == TagKind::Value || tag.kind == TagKind::Image || tag.kind == TagKind::Html || tag.kind == TagKind::Link;
    return wants_value && tag.name != kToday && !scope.find(tag.name);
}

bool holds(const Tag& condition, const Scope& scope) {
    const json::value* value = scope.find(condition.name);
    if (condition.equals) return value && is_scalar(*value) && scalar_text(*value) == *condition.equals;
    if (!value || value->is_null()) return false;
    if (const json::array* array = value->if_array()) return !array->empty();
    if (value->is_object()) return true;
    const std::string text = scalar_text(*value);
    return !text.empty() && text != "false" && text != "0";
}

}  // namespace docwright::docgen
