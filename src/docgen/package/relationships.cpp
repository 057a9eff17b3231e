#include "docgen/package/relationships.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "docgen/template/xml.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kFolder = "_rels/", kEnding = ".rels";

Error damaged(std::string_view what) {
    return Error{Fault::InvalidInput, fmt::format("The template is damaged: {}.", what), {}, "DAMAGED"};
}

std::string value_of(std::string_view xml, const XmlToken& token, std::string_view name) {
    return decoded(attribute(xml, token, name).value_or(""));
}

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

Result<Relationships> read_relationships(std::string_view xml) {
    const std::vector<XmlToken> tokens = TRY(scan_xml(xml));
    Relationships all;
    std::set<std::string> ids;
    for (const XmlToken& token : tokens) {
        if (token.kind != XmlKind::Start && token.kind != XmlKind::Empty) continue;
        if (local_name(token.name) != "Relationship") continue;
        Relationship one{.id = value_of(xml, token, "Id"),
                         .type = value_of(xml, token, "Type"),
                         .target = value_of(xml, token, "Target"),
                         .external = same_word(value_of(xml, token, "TargetMode"), "External")};
        if (one.id.empty() || one.type.empty()) return damaged("a relationship has no id or type");
        if (!ids.insert(one.id).second) return damaged("a relationship's id stands twice");
        all.push_back(std::move(one));
    }
    return all;
}

std::string relationships_xml(const Relationships& relationships) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    for (const Relationship& each : relationships) {
        out += "<Relationship Id=\"";
        append_escaped(out, each.id);
        out += "\" Type=\"";
        append_escaped(out, each.type);
        out += "\" Target=\"";
        append_escaped(out, each.target);
        out += each.external ? "\" TargetMode=\"External\"/>" : "\"/>";
    }
    return out + "</Relationships>";
}

std::string_view kind_of(const Relationship& relationship) {
    const std::string_view type = relationship.type;
    return type.substr(type.rfind('/') + 1);
}

std::string relationships_name(std::string_view part) {
    const std::size_t name = part.rfind('/') + 1;  // 0 where there is no folder
    return fmt::format("{}{}{}{}", part.substr(0, name), kFolder, part.substr(name), kEnding);
}

bool is_relationships_name(std::string_view name) {
    const std::size_t file = name.rfind('/') + 1;
    const std::string_view folder = name.substr(0, file);
    return name.ends_with(kEnding) && (folder == kFolder || folder.ends_with("/_rels/"));
}

std::string owner_of(std::string_view relationships_part) {
    const std::size_t file = relationships_part.rfind('/') + 1;
    const std::string_view folder = relationships_part.substr(0, file - kFolder.size());
    const std::string_view name = relationships_part.substr(file);
    return fmt::format("{}{}", folder, name.substr(0, name.size() - kEnding.size()));
}

Result<std::string> part_of_target(std::string_view owner, std::string_view target) {
    std::string path = target.starts_with('/') ? "" : std::string(owner.substr(0, owner.rfind('/') + 1));
    path += target.substr(0, target.find_first_of("?#"));
    std::vector<std::string_view> segments;
    for (std::string_view rest = path; !rest.empty();) {
        const std::size_t slash = rest.find('/');
        const std::string_view segment = rest.substr(0, slash);
        rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
        if (segment.empty() || segment == ".") continue;
        if (segment != "..") {
            segments.push_back(segment);
        } else if (segments.empty()) {
            return damaged("a relationship leads out of the document");
        } else {
            segments.pop_back();
        }
    }
    return fmt::format("{}", fmt::join(segments, "/"));
}

}  // namespace docwright::docgen
