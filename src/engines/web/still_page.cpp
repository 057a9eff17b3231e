#include "engines/web/still_page.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"

namespace docwright::web {
namespace {

constexpr std::size_t kLongestLook = 1024 * 1024;  // beyond that the look inside costs little beside the layout

// Elements and properties that run something or load late. Not told apart from text that shows them: then we look inside.
constexpr std::array<std::string_view, 14> kRestless = {"<script", "<frame",     "<iframe", "<object",  "<embed",
                                                        "<audio",  "<video",     "<link",   "<portal",  "@font-face",
                                                        "@import", "http-equiv", "srcdoc=", "<template"};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// " onload =", '"onerror=', "/onbegin=": what stands before is no letter, what follows is an equals sign.
bool has_handler(std::string_view lower) {
    for (std::size_t at = lower.find("on"); at != std::string_view::npos; at = lower.find("on", at + 1)) {
        if (at > 0 && is_letter(lower[at - 1])) continue;
        std::size_t end = at + 2;
        while (end < lower.size() && is_letter(lower[end])) ++end;
        if (end == at + 2) continue;
        while (end < lower.size() && is_space(lower[end])) ++end;
        if (end < lower.size() && lower[end] == '=') return true;
    }
    return false;
}

}  // namespace

bool stays_as_loaded(std::string_view html) {
    if (html.size() > kLongestLook || html.find('\0') != std::string_view::npos || html.starts_with("\xff\xfe") ||
        html.starts_with("\xfe\xff")) {
        return false;
    }
    const std::string lower = ascii_lowered(html);
    auto occurs = [&](std::string_view word) { return lower.find(word) != std::string::npos; };
    return std::ranges::none_of(kRestless, occurs) && !has_handler(lower);
}

}  // namespace docwright::web
