#include "docgen/package/content_types.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "docgen/template/xml.h"

namespace docwright::docgen {
namespace {

std::string value_of(std::string_view xml, const XmlToken& token, std::string_view name) {
    return decoded(attribute(xml, token, name).value_or(""));
}

auto find_in(auto& entries, std::string_view key) {
    return std::ranges::find_if(entries, [&](const ContentTypes::Entry& entry) { return same_word(entry.key, key); });
}

void write(std::string& out, std::string_view element, std::string_view attribute, std::string_view key, std::string_view type) {
    out += fmt::format("<{} {}=\"", element, attribute);
    append_escaped(out, key);
    out += "\" ContentType=\"";
    append_escaped(out, type);
    out += "\"/>";
}

}  // namespace

std::string_view ContentTypes::of(std::string_view part) const {
    if (const auto own = find_in(parts, part); own != parts.end()) return own->type;
    const std::size_t dot = part.rfind('.');
    if (dot == std::string_view::npos) return {};
    const auto general = find_in(extensions, part.substr(dot + 1));
    return general == extensions.end() ? std::string_view() : std::string_view(general->type);
}

void ContentTypes::set_extension(std::string_view extension, std::string_view type) {
    if (find_in(extensions, extension) == extensions.end()) extensions.push_back({std::string(extension), std::string(type)});
}

void ContentTypes::set_part(std::string_view part, std::string_view type) {
    const auto own = find_in(parts, part);
    if (own == parts.end()) {
        parts.push_back({std::string(part), std::string(type)});
    } else {
        own->type = type;
    }
}

Result<ContentTypes> read_content_types(std::string_view xml) {
    const std::vector<XmlToken> tokens = TRY(scan_xml(xml));
    ContentTypes types;
    for (const XmlToken& token : tokens) {
        if (token.kind != XmlKind::Start && token.kind != XmlKind::Empty) continue;
        if (token.name.ends_with("Default")) {
            types.extensions.push_back({value_of(xml, token, "Extension"), value_of(xml, token, "ContentType")});
        } else if (token.name.ends_with("Override")) {
            std::string name = value_of(xml, token, "PartName");
            if (name.starts_with('/')) name.erase(0, 1);
            types.parts.push_back({std::move(name), value_of(xml, token, "ContentType")});
        }
    }
    return types;
}

std::string content_types_xml(const ContentTypes& types) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">";
    for (const ContentTypes::Entry& entry : types.extensions) write(out, "Default", "Extension", entry.key, entry.type);
    for (const ContentTypes::Entry& entry : types.parts) write(out, "Override", "PartName", "/" + entry.key, entry.type);
    return out + "</Types>";
}

}  // namespace docwright::docgen
