// The tokens of an XML part with their places in its bytes: what a template does not change is copied byte for byte, so it is
// never built up as a tree and written anew. UTF-8 only; no document type, so no entities but the five of XML (XML 1.0, 4.6).
// Errors: InvalidInput (not well-formed, a document type, another encoding), LimitExceeded (nested too deep).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace docwright::docgen {

enum class XmlKind { Start, End, Empty, Text, Other };  // Other: declarations, comments, processing instructions

struct XmlToken {
    XmlKind kind = XmlKind::Other;
    std::size_t begin = 0, end = 0;  // bytes of the part
    std::string_view name = {};      // of an element, with its prefix
    std::size_t partner = 0;         // Start, End: the token that ends or starts the element; otherwise the token itself
};

// Every byte of the part belongs to exactly one token. `part` outlives the tokens.
Result<std::vector<XmlToken>> scan_xml(std::string_view part);

// As written, entities included. Nothing: the element has no such attribute.
std::optional<std::string_view> attribute(std::string_view part, const XmlToken& element, std::string_view name);

// Entities and character references → UTF-8; what is none of them stays as it is written.
std::string decoded(std::string_view xml);
// For text between tags and in attributes.
void append_escaped(std::string& out, std::string_view text);

}  // namespace docwright::docgen
