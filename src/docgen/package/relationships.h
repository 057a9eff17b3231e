// The relationships of a part (ECMA-376 part 2, clause 9.3): read, written, and followed inside the package.
// Names are those of PackagePart: no leading slash. The relationships of the package itself belong to the part "".
// Errors: InvalidInput: no well-formed XML, a relationship without id, type or target, an id twice, a target outside of the package.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace docwright::docgen {

struct Relationship {
    std::string id;
    std::string type;    // a URI
    std::string target;  // a URI reference, entities decoded
    bool external = false;
    bool operator==(const Relationship&) const = default;
};
using Relationships = std::vector<Relationship>;

Result<Relationships> read_relationships(std::string_view xml);
std::string relationships_xml(const Relationships& relationships);

// The last word of a type: "hyperlink", "image", "attachedTemplate" …, the same in both forms of the standard.
std::string_view kind_of(const Relationship& relationship);

// "word/document.xml" ↔ "word/_rels/document.xml.rels"
std::string relationships_name(std::string_view part);
bool is_relationships_name(std::string_view name);
std::string owner_of(std::string_view relationships_part);

// The part that an internal target of `owner` names. Error: InvalidInput: it leads out of the package.
Result<std::string> part_of_target(std::string_view owner, std::string_view target);

}  // namespace docwright::docgen
