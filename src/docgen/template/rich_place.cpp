#include "docgen/template/rich_place.h"

#include <algorithm>
#include <array>

namespace docwright::docgen {
namespace {

constexpr std::size_t kRootBytes = 8 * 1024;  // a part declares its namespaces there

bool is(const XmlToken& token, std::string_view prefix, std::string_view name) {
    return token.name.size() == prefix.size() + name.size() && token.name.starts_with(prefix) && token.name.ends_with(name);
}

// The properties of the element that starts at the token: its first child.
std::string_view properties(std::string_view part, const std::vector<XmlToken>& tokens, std::size_t element, std::string_view prefix,
                            std::string_view name) {
    for (std::size_t i = element + 1; i < tokens[element].partner; ++i) {
        const XmlToken& token = tokens[i];
        if (token.kind == XmlKind::Text || token.kind == XmlKind::Other) continue;
        if (token.kind != XmlKind::Start || !is(token, prefix, name)) return {};
        return part.substr(token.begin, tokens[token.partner].end - token.begin);
    }
    return {};
}

// A paragraph that is a whole part cannot become two.
bool is_root(const std::vector<XmlToken>& tokens, std::size_t element) {
    const auto root = std::ranges::find(tokens, XmlKind::Start, &XmlToken::kind);
    return static_cast<std::size_t>(root - tokens.begin()) == element;
}

// The elements that hold the token, from inside out, up to the paragraph.
std::vector<std::size_t> around(const std::vector<XmlToken>& tokens, std::size_t inner, std::string_view prefix) {
    std::vector<std::size_t> found;
    for (std::size_t i = inner; i-- > 0;) {
        if (tokens[i].kind == XmlKind::End) {
            i = tokens[i].partner;
        } else if (tokens[i].kind == XmlKind::Start) {
            found.push_back(i);
            if (is(tokens[i], prefix, "p")) break;
        }
    }
    return found;
}

}  // namespace

RichPlace rich_place(std::string_view part, const std::vector<XmlToken>& tokens, std::size_t text_element, const std::string& prefix) {
    RichPlace place{.prefix = prefix, .name = {}};
    const std::vector<std::size_t> elements = around(tokens, text_element, prefix);
    place.strict = part.substr(0, kRootBytes).contains("http://purl.oclc.org/ooxml/wordprocessingml/main");
    for (const std::size_t element : elements) {
        if (is(tokens[element], prefix, "r")) place.run_properties = properties(part, tokens, element, prefix, "rPr");
        if (is(tokens[element], prefix, "p")) place.paragraph_properties = properties(part, tokens, element, prefix, "pPr");
        if (is(tokens[element], prefix, "hyperlink")) place.in_link = true;
    }
    constexpr std::size_t kRunAndParagraph = 2;
    place.in_paragraph = elements.size() == kRunAndParagraph && is(tokens[elements[0]], prefix, "r") && !is_root(tokens, elements.back());
    return place;
}

std::optional<std::size_t> lone_tag(const std::vector<XmlToken>& tokens, std::size_t paragraph, const std::string& prefix,
                                    const std::function<TextLeft(std::size_t text_element)>& left) {
    constexpr std::array<std::string_view, 6> kNothing = {"pPr", "rPr", "proofErr", "lastRenderedPageBreak", "r", "t"};
    if (is_root(tokens, paragraph)) return std::nullopt;
    std::optional<std::size_t> found;
    for (std::size_t i = paragraph + 1; i < tokens[paragraph].partner; ++i) {
        const XmlToken& token = tokens[i];
        if (token.kind != XmlKind::Start && token.kind != XmlKind::Empty) continue;
        if (std::ranges::none_of(kNothing, [&](std::string_view name) { return is(token, prefix, name); })) return std::nullopt;
        if (token.kind == XmlKind::Start && is(token, prefix, "t")) {
            const TextLeft what = left(i);
            if (what == TextLeft::More || (what == TextLeft::OneTag && found)) return std::nullopt;
            if (what == TextLeft::OneTag) found = i;
        }
        if (token.kind == XmlKind::Start && !is(token, prefix, "r")) i = token.partner;
    }
    return found;
}

}  // namespace docwright::docgen
