#include "docgen/template/tag.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"

namespace docwright::docgen {
namespace {

constexpr int kMostRows = 1000;        // of one loop's group
constexpr double kMostPoints = 14400;  // of an image: what a PDF page can have

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

// Word turns straight quotes into curly ones, and spaces into no-break spaces.
std::string straightened(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, char>, 8> kPlain = {
        {{"“", '"'}, {"”", '"'}, {"„", '"'}, {"‟", '"'}, {"‘", '\''}, {"’", '\''}, {"\u00A0", ' '}, {"\u202F", ' '}}};
    std::string out;
    while (!text.empty()) {
        const auto* found = std::ranges::find_if(kPlain, [&](const auto& each) { return text.starts_with(each.first); });
        if (found != kPlain.end()) {
            out += found->second;
            text.remove_prefix(found->first.size());
        } else {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool in_name(char c) { return starts_name(c) || is_digit(c) || c == '-'; }

// Bytes of the name at the front: a dotted path, "." for the item itself, or a place in an array.
std::size_t name_bytes(std::string_view text) {
    if (text.starts_with('.') && (text.size() == 1 || !in_name(text[1]))) return 1;
    std::size_t at = 0;
    for (;;) {
        const std::size_t first = at;
        if (at < text.size() && is_digit(text[at])) {
            while (at < text.size() && is_digit(text[at])) ++at;
        } else if (at < text.size() && starts_name(text[at])) {
            while (at < text.size() && in_name(text[at])) ++at;
        }
        if (at == first) return first == 0 ? 0 : first - 1;  // a point without a part behind it belongs to no name
        if (at == text.size() || text[at] != '.') return at;
        ++at;
    }
}

// Removes the quotes that stand around the whole.
std::string unquoted(std::string_view text) {
    text = trimmed(text);
    constexpr std::size_t kPair = 2;
    if (text.size() >= kPair && text.front() == '"' && text.find('"', 1) == text.size() - 1) text = text.substr(1, text.size() - kPair);
    return std::string(text);
}

// "\# …" up to the next switch. A backslash inside quotes begins no switch.
std::string_view take_switch(std::string_view& rest) {
    bool quoted = false;
    std::size_t at = 1;
    for (; at < rest.size(); ++at) {
        if (rest[at] == '"') quoted = !quoted;
        if (rest[at] == '\\' && !quoted) break;
    }
    std::string_view taken = rest.substr(0, at);
    rest.remove_prefix(at);
    return taken;
}

bool read_points(std::string_view text, double& points) {
    const std::string plain = unquoted(text);
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), points);
    return error == std::errc{} && end == plain.data() + plain.size() && points > 0 && points <= kMostPoints;
}

// Empty: good.
std::string read_switches(std::string_view rest, Switches& switches) {
    rest = trimmed(rest);
    if (!rest.empty() && rest.front() != '\\') return fmt::format("\"{}\" is no switch; a switch begins with \\#, \\@ or \\*", rest);
    while (!rest.empty()) {
        const std::string_view one = trimmed(take_switch(rest));
        constexpr std::size_t kBefore = 2;  // the backslash and the switch's sign
        const std::string_view value = one.size() > kBefore ? one.substr(kBefore) : std::string_view();
        switch (one.size() < kBefore ? ' ' : ascii_lower(one[1])) {
            case '#': switches.number = unquoted(value); break;
            case '@': switches.date = unquoted(value); break;
            case '*': switches.formats.push_back(unquoted(value)); break;
            case 'w':
                if (!read_points(value, switches.width)) return "\\w wants a width in points";
                break;
            case 'h':
                if (!read_points(value, switches.height)) return "\\h wants a height in points";
                break;
            case 'b': switches.before = unquoted(value); break;
            case 'f': switches.after = unquoted(value); break;
            case 'l':
            case 'm':
            case 'v': break;  // fields have them; of no effect here
            default: return fmt::format("there is no switch {}", one);
        }
    }
    return {};
}

Tag unknown(std::string problem) { return {.kind = TagKind::Unknown, .problem = std::move(problem)}; }

template <class Value, std::size_t count>
std::optional<Value> word_of(std::string_view text, const std::pair<std::string_view, Value> (&words)[count]) {
    for (const auto& [word, value] : words)
        if (same_word(trimmed(text), word)) return value;
    return std::nullopt;
}

Tag parse_formula(std::string_view content) {
    static constexpr std::pair<std::string_view, Function> kFunctions[] = {{"SUM", Function::Sum},     {"AVERAGE", Function::Average},
                                                                           {"COUNT", Function::Count}, {"MIN", Function::Minimum},
                                                                           {"MAX", Function::Maximum}, {"PRODUCT", Function::Product}};
    static constexpr std::pair<std::string_view, Direction> kDirections[] = {
        {"ABOVE", Direction::Above}, {"BELOW", Direction::Below}, {"LEFT", Direction::Left}, {"RIGHT", Direction::Right}};
    const std::size_t open = content.find('('), close = content.find(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return unknown(fmt::format("\"{}\" is no formula such as =SUM(ABOVE)", content));
    const auto function = word_of(content.substr(1, open - 1), kFunctions);
    const auto direction = word_of(content.substr(open + 1, close - open - 1), kDirections);
    if (!function)
        return unknown(fmt::format("the functions are SUM, AVERAGE, COUNT, MIN, MAX and PRODUCT, not \"{}\"", content.substr(1, open - 1)));
    if (!direction) return unknown("a formula takes ABOVE, BELOW, LEFT or RIGHT");
    Tag tag{.kind = TagKind::Formula, .function = *function, .direction = *direction};
    if (std::string problem = read_switches(content.substr(close + 1), tag.switches); !problem.empty()) return unknown(std::move(problem));
    return tag;
}

// "rows=3" behind the name of a loop.
std::string read_rows(std::string_view rest, int& rows) {
    rest = trimmed(rest);
    if (rest.empty()) return {};
    constexpr std::string_view kKey = "rows=";
    if (!same_word(rest.substr(0, kKey.size()), kKey)) return fmt::format("\"{}\" is unknown behind the name of a loop", rest);
    const std::string_view digits = rest.substr(kKey.size());
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), rows);
    if (error != std::errc{} || end != digits.data() + digits.size() || rows < 1 || rows > kMostRows)
        return fmt::format("rows wants a number from 1 to {}", kMostRows);
    return {};
}

// = "text" behind the name of a condition.
std::string read_comparison(std::string_view rest, std::optional<std::string>& equals) {
    rest = trimmed(rest);
    if (rest.empty()) return {};
    if (!rest.starts_with('=')) return fmt::format("\"{}\" is unknown in a condition; it is a name, or name = \"text\"", rest);
    equals = unquoted(rest.substr(1));
    return {};
}

Tag parse_named(TagKind kind, std::string_view rest) {
    rest = trimmed(rest);
    const std::size_t bytes = name_bytes(rest);
    if (bytes == 0) return unknown(fmt::format("\"{}\" is no name", rest));
    Tag tag{.kind = kind, .name = std::string(rest.substr(0, bytes))};
    rest.remove_prefix(bytes);
    std::string problem;
    switch (kind) {
        case TagKind::LoopStart: problem = read_rows(rest, tag.rows); break;
        case TagKind::If: problem = read_comparison(rest, tag.equals); break;
        case TagKind::LoopEnd:
        case TagKind::EndIf:
            if (!trimmed(rest).empty()) problem = fmt::format("\"{}\" is unknown behind an end", trimmed(rest));
            break;
        default: problem = read_switches(rest, tag.switches);
    }
    return problem.empty() ? tag : unknown(std::move(problem));
}

}  // namespace

Tag parse_tag(std::string_view content) {
    static constexpr std::pair<std::string_view, TagKind> kWords[] = {
        {"TableStart", TagKind::LoopStart}, {"TableEnd", TagKind::LoopEnd}, {"If", TagKind::If},    {"EndIf", TagKind::EndIf},
        {"Image", TagKind::Image},          {"Html", TagKind::Html},        {"Link", TagKind::Link}};
    const std::string plain = straightened(content);
    const std::string_view text = trimmed(plain);
    if (text.empty()) return unknown("the braces are empty");
    if (text.front() == '=') return parse_formula(text);
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos && text.find('\\') > colon) {
        if (const auto kind = word_of(text.substr(0, colon), kWords)) return parse_named(*kind, text.substr(colon + 1));
        return unknown(fmt::format("\"{}:\" is unknown", text.substr(0, colon)));
    }
    const std::size_t bytes = name_bytes(text);
    if (same_word(text, "ELSE")) return {.kind = TagKind::Else};
    if (same_word(text.substr(0, bytes), "ROW_NUMBER")) {
        Tag tag = parse_named(TagKind::Value, text);
        if (tag.kind == TagKind::Value) tag.kind = TagKind::RowNumber;
        return tag;
    }
    return parse_named(TagKind::Value, text);
}

std::vector<FoundTag> find_tags(std::string_view text) {
    constexpr std::string_view kOpen = "{{", kClose = "}}", kEscape = "{{{{";
    std::vector<FoundTag> found;
    for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen, at)) {
        if (text.substr(at).starts_with(kEscape)) {
            found.push_back({.begin = at, .end = at + kEscape.size(), .escape = true});
            at += kEscape.size();
            continue;
        }
        const std::size_t close = text.find(kClose, at + kOpen.size()), next = text.find(kOpen, at + kOpen.size());
        if (close == std::string_view::npos) break;
        if (next < close) {  // braces that were never closed, before those that are
            at = next;
            continue;
        }
        found.push_back(
            {.begin = at, .end = close + kClose.size(), .tag = parse_tag(text.substr(at + kOpen.size(), close - at - kOpen.size()))});
        at = close + kClose.size();
    }
    return found;
}

}  // namespace docwright::docgen
