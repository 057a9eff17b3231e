#include "docgen/template/xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/limits.h"
#include "base/utf8.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

Error broken(std::string_view what, std::size_t at) {
    return Error{Fault::InvalidInput, "The template is damaged: one of its parts is no well-formed XML.",
                 fmt::format("{} at byte {}", what, at), "DAMAGED"};
}

class Scanner {
public:
    explicit Scanner(std::string_view part) : part_(part) {}

    Result<std::vector<XmlToken>> scan() {
        if (part_.starts_with("\xFE\xFF") || part_.starts_with("\xFF\xFE")) return broken("UTF-16", 0);
        while (at_ < part_.size()) TRY(part_[at_] == '<' ? scan_markup() : scan_text());
        if (!open_.empty()) return broken("an element that is not ended", part_.size());
        if (!has_root_) return broken("no element", 0);
        return std::move(tokens_);
    }

private:
    Status scan_text() {
        const std::size_t end = std::min(part_.find('<', at_), part_.size());
        if (open_.empty() && part_.substr(at_, end - at_).find_first_not_of("\xEF\xBB\xBF \t\r\n") != std::string_view::npos)
            return broken("text outside of the root element", at_);
        add(XmlKind::Text, end);
        return success();
    }

    Status scan_markup() {
        const std::string_view rest = part_.substr(at_);
        if (rest.starts_with("<!--")) return scan_until("-->", XmlKind::Other);
        if (rest.starts_with("<![CDATA[")) return broken("a CDATA section", at_);  // no writer of Office documents makes them
        if (rest.starts_with("<!")) return broken("a document type", at_);
        if (rest.starts_with("<?")) return scan_until("?>", XmlKind::Other);
        return rest.starts_with("</") ? scan_end() : scan_start();
    }

    Status scan_until(std::string_view closing, XmlKind kind) {
        const std::size_t end = part_.find(closing, at_);
        if (end == std::string_view::npos) return broken("markup that is not closed", at_);
        add(kind, end + closing.size());
        return success();
    }

    Status scan_start() {
        std::size_t end = at_ + 1;
        char quote = 0;
        for (; end < part_.size() && (quote || part_[end] != '>'); ++end) {
            const char c = part_[end];
            if (quote ? c == quote : c == '"' || c == '\'') {
                quote = quote ? '\0' : c;
            } else if (c == '<') {
                return broken("\"<\" inside a tag", end);
            }
        }
        if (end >= part_.size()) return broken("a tag that is not closed", at_);
        if (open_.empty() && has_root_) return broken("a second root element", at_);
        const bool empty = part_[end - 1] == '/';
        const std::string_view inside = part_.substr(at_ + 1, end - at_ - 1 - (empty ? 1 : 0));
        const std::string_view name = inside.substr(0, inside.find_first_of(kSpaces));
        if (name.empty()) return broken("an element without name", at_);
        has_root_ = true;
        add(empty ? XmlKind::Empty : XmlKind::Start, end + 1, name);
        if (empty) return success();
        open_.push_back(tokens_.size() - 1);
        if (open_.size() > limits::kXmlDepth) return Error{Fault::LimitExceeded, "The template is nested too deep.", {}, "DAMAGED"};
        return success();
    }

    Status scan_end() {
        const std::size_t end = part_.find('>', at_);
        if (end == std::string_view::npos) return broken("a tag that is not closed", at_);
        std::string_view name = part_.substr(at_ + 2, end - at_ - 2);
        name = name.substr(0, name.find_first_of(kSpaces));
        if (open_.empty() || tokens_[open_.back()].name != name) return broken("an end that fits no start", at_);
        add(XmlKind::End, end + 1, name);
        tokens_.back().partner = open_.back();
        tokens_[open_.back()].partner = tokens_.size() - 1;
        open_.pop_back();
        return success();
    }

    void add(XmlKind kind, std::size_t end, std::string_view name = {}) {
        tokens_.push_back({kind, at_, end, name, tokens_.size()});
        at_ = end;
    }

    std::string_view part_;
    std::size_t at_ = 0;
    bool has_root_ = false;
    std::vector<XmlToken> tokens_;
    std::vector<std::size_t> open_;
};

// "amp", "#8217", "#x2019" → the character; 0: none.
char32_t character_of(std::string_view entity) {
    constexpr std::array<std::pair<std::string_view, char32_t>, 5> kNamed = {
        {{"amp", U'&'}, {"lt", U'<'}, {"gt", U'>'}, {"quot", U'"'}, {"apos", U'\''}}};
    for (const auto& [name, code] : kNamed)
        if (entity == name) return code;
    if (!entity.starts_with('#')) return 0;
    constexpr int kHex = 16, kDecimal = 10;
    const bool hex = entity.size() > 1 && entity[1] == 'x';
    const std::string_view digits = entity.substr(hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? kHex : kDecimal);
    const bool whole = error == std::errc{} && end == digits.data() + digits.size();
    return whole && is_character(code) ? static_cast<char32_t>(code) : 0;
}

}  // namespace

Result<std::vector<XmlToken>> scan_xml(std::string_view part) { return Scanner(part).scan(); }

std::optional<std::string_view> attribute(std::string_view part, const XmlToken& element, std::string_view name) {
    std::string_view rest = part.substr(element.begin + 1 + element.name.size(), element.end - element.begin - 1 - element.name.size());
    for (;;) {
        const std::size_t first = rest.find_first_not_of(kSpaces);
        if (first == std::string_view::npos) return std::nullopt;
        rest.remove_prefix(first);
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        std::string_view key = rest.substr(0, equals);
        key = key.substr(0, std::min(key.find_first_of(kSpaces), key.size()));
        const std::size_t open = rest.find_first_of("\"'", equals);
        if (open == std::string_view::npos) return std::nullopt;
        const std::size_t close = rest.find(rest[open], open + 1);
        if (close == std::string_view::npos) return std::nullopt;
        if (key == name) return rest.substr(open + 1, close - open - 1);
        rest.remove_prefix(close + 1);
    }
}

std::string decoded(std::string_view xml) {
    constexpr std::size_t kLongest = 10;  // "#x10FFFF" and its semicolon
    std::string out;
    while (!xml.empty()) {
        const std::size_t and_sign = std::min(xml.find('&'), xml.size());
        out += xml.substr(0, and_sign);
        xml.remove_prefix(and_sign);
        if (xml.empty()) break;
        const std::size_t end = xml.substr(0, kLongest + 1).find(';');
        const char32_t code = end == std::string_view::npos ? 0 : character_of(xml.substr(1, end - 1));
        if (code) {
            append_utf8(out, code);
            xml.remove_prefix(end + 1);
        } else {
            out += '&';
            xml.remove_prefix(1);
        }
    }
    return out;
}

void append_escaped(std::string& out, std::string_view text) {
    for (std::size_t special; (special = text.find_first_of("&<>\"")) != std::string_view::npos; text.remove_prefix(special + 1)) {
        out += text.substr(0, special);
        switch (text[special]) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            default: out += "&quot;";
        }
    }
    out += text;
}

}  // namespace docwright::docgen
