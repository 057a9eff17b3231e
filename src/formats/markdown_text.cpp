#include "formats/markdown_text.h"

#include <algorithm>

#include "base/utf8.h"
#include "formats/runs.h"

namespace docwright::formats {
namespace {

bool is_digit(char32_t letter) { return letter >= U'0' && letter <= U'9'; }
bool is_word(char32_t letter) {
    return is_digit(letter) || (letter >= U'a' && letter <= U'z') || (letter >= U'A' && letter <= U'Z') ||
           (letter > 0xBF && letter != 0xD7);
}
bool is_blank(char32_t letter) { return letter == U' ' || letter == U'\n' || letter == U'\r' || letter == U'\t'; }

// An ampersand that a reader would take for the start of a character reference.
bool starts_reference(std::u32string_view rest) {
    std::size_t i = 1;
    if (i < rest.size() && rest[i] == U'#') ++i;
    const std::size_t first = i;
    while (i < rest.size() && rest[i] < 0x80 && is_word(rest[i])) ++i;
    return i > first && i < rest.size() && rest[i] == U';';
}

bool must_escape(std::u32string_view text, std::size_t at, LineStart start) {
    const char32_t letter = text[at];
    switch (letter) {
        case U'\\':
        case U'`':
        case U'*':
        case U'[':
        case U']':
        case U'<': return true;
        case U'~': return (at > 0 && text[at - 1] == U'~') || (at + 1 < text.size() && text[at + 1] == U'~');
        case U'_': return !(at > 0 && at + 1 < text.size() && is_word(text[at - 1]) && is_word(text[at + 1]));
        case U'&': return starts_reference(text.substr(at));
        case U'$': return at + 1 < text.size() && text[at + 1] == U'$';
        case U'|': return start == LineStart::Cell;
        default: return false;
    }
}

// Signs that begin something else when they stand first on a line.
bool escape_first(std::u32string_view line) {
    if (line.empty()) return false;
    const char32_t first = line[0];
    if (first == U'>' || first == U'=') return true;
    const bool alone = line.size() == 1 || is_blank(line[1]);
    if (first == U'#') {
        const std::size_t end = std::min(line.find_first_not_of(U'#'), line.size());
        return end <= 6 && (end == line.size() || is_blank(line[end]));
    }
    if (first == U'+') return alone;
    if (first == U'-') return alone || line[1] == U'-' || line[1] == U' ';
    return false;
}

// The place of the sign that makes "12." or "3)" a list item; 0: it is none.
std::size_t list_sign(std::u32string_view line) {
    std::size_t end = 0;
    while (end < line.size() && end < 10 && is_digit(line[end])) ++end;
    if (end == 0 || end >= line.size() || (line[end] != U'.' && line[end] != U')')) return 0;
    return end + 1 == line.size() || is_blank(line[end + 1]) ? end : 0;
}

void append_escaped(std::string& out, std::u32string_view text, LineStart start, bool at_line_start) {
    std::size_t sign = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t letter = text[i];
        if (letter == U'\r') continue;
        if (letter == U'\n') {
            out += start == LineStart::Cell ? "<br>" : "  \n";
            at_line_start = start != LineStart::Cell;
            continue;
        }
        bool escape = must_escape(text, i, start);
        if (at_line_start) {
            const std::u32string_view line = text.substr(i, text.find(U'\n', i) - i);
            escape = escape || escape_first(line);
            const std::size_t place = list_sign(line);
            sign = place == 0 ? 0 : i + place;
            at_line_start = false;
        }
        if (escape || (sign != 0 && i == sign)) out += '\\';
        out += utf8_of(text.substr(i, 1));
    }
}

std::string code_span(const std::u32string& text) {
    const std::string bytes = utf8_of(text);
    std::string fence = "`";
    while (bytes.find(fence) != std::string::npos) fence += '`';
    const bool pad = bytes.starts_with('`') || bytes.ends_with('`');
    return fence + (pad ? " " : "") + bytes + (pad ? " " : "") + fence;
}

std::string address(const std::string& link) {
    std::string out;
    for (char letter : link) {
        switch (letter) {
            case ' ': out += "%20"; break;
            case '(': out += "%28"; break;
            case ')': out += "%29"; break;
            case '<': out += "%3C"; break;
            case '>': out += "%3E"; break;
            default: out += letter;
        }
    }
    return out;
}

// Stars work as marks only where words and punctuation stand right about them (CommonMark 6.2); HTML works everywhere.
bool stars_work(char32_t before, const std::u32string& text, char32_t behind) {
    const bool opens = is_word(text.front()) || !is_word(before);
    const bool closes = is_word(text.back()) || !is_word(behind);
    return opens && closes;
}

std::string marked(const Run& run, const std::u32string& core, bool stars, LineStart start, bool at_line_start) {
    std::string text;
    if (!run.latex.empty()) {
        text = "$" + run.latex + "$";
    } else if (run.code && core.find(U'\n') == std::u32string::npos && start != LineStart::Cell) {
        text = code_span(core);
    } else {
        append_escaped(text, core, start, at_line_start && run.link.empty() && !run.bold && !run.italic);
    }
    if (run.superscript) text = "<sup>" + text + "</sup>";
    if (run.subscript) text = "<sub>" + text + "</sub>";
    if (run.strikethrough) text = "<s>" + text + "</s>";
    if (run.italic) text = stars ? "*" + text + "*" : "<em>" + text + "</em>";
    if (run.bold) text = stars ? "**" + text + "**" : "<strong>" + text + "</strong>";
    return run.link.empty() ? text : "[" + text + "](" + address(run.link) + ")";
}

}  // namespace

std::string markdown_inline(const Runs& runs, LineStart start) {
    std::string out;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const Run& run = runs[i];
        if (run.note > 0) {
            out += "[^" + std::to_string(run.note) + "]";
            continue;
        }
        // Blanks at the edges stand outside of the marks.
        std::size_t first = 0;
        std::size_t end = run.text.size();
        const bool plain_run = !run.bold && !run.italic && !run.strikethrough && !run.code && run.link.empty();
        while (!plain_run && first < end && is_blank(run.text[first])) ++first;
        while (!plain_run && end > first && is_blank(run.text[end - 1])) --end;
        const bool at_line_start = start == LineStart::Text && (out.empty() || out.back() == '\n');
        append_escaped(out, std::u32string_view(run.text).substr(0, first), start, false);
        const std::u32string core = run.text.substr(first, end - first);
        if (!core.empty()) {
            const char32_t before = out.empty() ? U' ' : static_cast<unsigned char>(out.back());
            const char32_t behind = end < run.text.size()                              ? run.text[end]
                                    : i + 1 < runs.size() && !runs[i + 1].text.empty() ? runs[i + 1].text[0]
                                                                                       : U' ';
            const bool stars = before != U'*' && stars_work(before >= 0x80 ? U'a' : before, core, behind);
            out += marked(run, core, stars, start, at_line_start);
        }
        append_escaped(out, std::u32string_view(run.text).substr(end), start, false);
    }
    return out;
}

std::string markdown_label(const std::u32string& label) {
    const bool says_something =
        std::ranges::any_of(label, [](char32_t letter) { return is_word(letter) ? letter < 0x2000 : letter == U'§'; });
    return says_something ? markdown_inline({{.text = label}}, LineStart::Text) + " " : "";
}

std::string markdown_label_text(const std::u32string& text) {
    std::string out = markdown_inline({{.text = text}}, LineStart::Inside);
    std::ranges::replace(out, '\n', ' ');
    return out;
}

}  // namespace docwright::formats
