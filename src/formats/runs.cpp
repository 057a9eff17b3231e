#include "formats/runs.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "extract/page/keys.h"

namespace docwright::formats {
namespace {

namespace key = extract::key;

constexpr std::int64_t kBoldWeight = 600;

struct Marks {
    bool bold = false, italic = false, superscript = false, subscript = false, strikethrough = false, code = false;
    int link = -1;  // index into the spans
    int note = 0;
    int latex = -1;
    friend bool operator==(const Marks&, const Marks&) = default;
};

void apply_style(Marks& marks, const json::object& style) {
    if (style.contains(key::kFontWeight)) marks.bold = number_member(style, key::kFontWeight, 0) >= kBoldWeight;
    if (style.contains(key::kFontItalic)) marks.italic = flag_member(style, key::kFontItalic, false);
    if (style.contains(key::kFontMonospaced)) marks.code = flag_member(style, key::kFontMonospaced, false);
    if (style.contains(key::kStrikethrough)) marks.strikethrough = flag_member(style, key::kStrikethrough, false);
    if (style.contains(key::kPosition)) {
        marks.superscript = text_member(style, key::kPosition) == "superscript";
        marks.subscript = text_member(style, key::kPosition) == "subscript";
    }
}

bool is_space(char32_t letter) { return letter == U' ' || letter == U'\n' || letter == U'\r' || letter == U'\t'; }

// A mark on every visible character says nothing about any of them.
void drop_marks_of_all(std::vector<Marks>& marks, const std::u32string& text, std::uint32_t skip) {
    for (bool Marks::*mark : {&Marks::bold, &Marks::italic, &Marks::superscript, &Marks::subscript, &Marks::strikethrough, &Marks::code}) {
        bool all = true;
        for (std::size_t i = skip; i < text.size(); ++i) all = all && (is_space(text[i]) || marks[i].note > 0 || marks[i].*mark);
        if (!all) continue;
        for (Marks& each : marks) each.*mark = false;
    }
}

bool may_be_followed(std::string_view address) {
    static constexpr std::array<std::string_view, 4> kSchemes = {"http:", "https:", "mailto:", "tel:"};
    const auto same = [address](std::string_view scheme) {
        return address.size() > scheme.size() && std::ranges::equal(address.substr(0, scheme.size()), scheme, [](char a, char b) {
                   return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
               });
    };
    return std::ranges::any_of(kSchemes, same);
}

std::vector<Marks> marks_of(const json::object& content, const json::object* style, std::size_t size,
                            const std::map<std::string, int>& footnotes) {
    Marks base;
    apply_style(base, style ? *style : object_member(content, key::kStyle));
    std::vector<Marks> marks(size, base);
    int index = -1;
    for (const json::value& value : array_member(content, key::kSpans)) {
        ++index;
        if (!value.is_object()) continue;
        const json::object& span = value.get_object();
        const auto start = static_cast<std::size_t>(std::max<std::int64_t>(0, number_member(span, key::kStart, 0)));
        const auto length = static_cast<std::size_t>(std::max<std::int64_t>(0, number_member(span, key::kLength, 0)));
        Marks own = base;
        apply_style(own, object_member(span, key::kStyle));
        if (span.contains(key::kHyperlink)) own.link = index;
        if (span.contains(key::kLatex)) own.latex = index;
        if (const auto note = footnotes.find(std::string(text_member(span, key::kFootnote))); note != footnotes.end())
            own.note = note->second;
        for (std::size_t i = std::min(start, size); i < size && i - start < length; ++i) marks[i] = own;
    }
    return marks;
}

Run run_of(const Marks& marks, const json::object& content, const LinkTable& links) {
    Run run{.bold = marks.bold, .italic = marks.italic, .superscript = marks.superscript, .subscript = marks.subscript};
    run.strikethrough = marks.strikethrough;
    run.code = marks.code;
    const json::array& spans = array_member(content, key::kSpans);
    const auto span = [&spans](int index) -> const json::object& { return spans[static_cast<std::size_t>(index)].get_object(); };
    if (marks.link >= 0) {
        const auto place = links.find(std::string(text_member(span(marks.link), key::kHyperlink)));
        if (place != links.end() && may_be_followed(place->second.address)) run.link = place->second.address;
        if (place != links.end()) run.element = place->second.element;
    }
    if (marks.latex >= 0) run.latex = text_member(span(marks.latex), key::kLatex);
    if (marks.note > 0) {
        run = Run{.text = {}, .note = marks.note};
        for (char digit : std::to_string(marks.note)) run.text += static_cast<char32_t>(digit);
    }
    return run;
}

}  // namespace

Runs runs_of(const json::object& content, const json::object* style, std::uint32_t skip, MarkRule rule, const LinkTable& links,
             const std::map<std::string, int>& footnotes) {
    const std::u32string text = code_points_of(text_member(content, key::kText));
    std::vector<Marks> marks = marks_of(content, style, text.size(), footnotes);
    drop_marks_of_all(marks, text, skip);
    Runs runs;
    const Marks* last = nullptr;
    for (std::size_t i = skip; i < text.size(); ++i) {
        Marks& own = marks[i];
        if (rule == MarkRule::NoBoldOrItalic) own.bold = own.italic = false;
        if (!last || *last != own) runs.push_back(run_of(own, content, links));
        last = &own;
        if (own.note == 0) runs.back().text += text[i];
    }
    return runs;
}

std::u32string plain(const Runs& runs) {
    std::u32string text;
    for (const Run& run : runs) text += run.text;
    return text;
}

std::string_view text_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

std::int64_t number_member(const json::object& object, std::string_view name, std::int64_t otherwise) {
    const json::value* value = object.if_contains(name);
    if (!value) return otherwise;
    if (value->is_int64()) return value->get_int64();
    if (value->is_uint64()) return static_cast<std::int64_t>(value->get_uint64());
    return otherwise;
}

bool flag_member(const json::object& object, std::string_view name, bool otherwise) {
    const json::value* value = object.if_contains(name);
    return value && value->is_bool() ? value->get_bool() : otherwise;
}

const json::object& object_member(const json::object& object, std::string_view name) {
    static const json::object kNone;
    const json::value* value = object.if_contains(name);
    return value && value->is_object() ? value->get_object() : kNone;
}

const json::array& array_member(const json::object& object, std::string_view name) {
    static const json::array kNone;
    const json::value* value = object.if_contains(name);
    return value && value->is_array() ? value->get_array() : kNone;
}

}  // namespace docwright::formats
