// [Content_Types].xml of a package (ECMA-376 part 2, clause 7.2.3): which type each part has.
// Errors: InvalidInput: no well-formed XML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace docwright::docgen {

struct ContentTypes {
    struct Entry {
        std::string key;  // an extension without point, or a part's name without leading slash
        std::string type;
    };
    std::vector<Entry> extensions, parts;

    std::string_view of(std::string_view part) const;                       // empty: none
    void set_extension(std::string_view extension, std::string_view type);  // unless it has one
    void set_part(std::string_view part, std::string_view type);            // in place of the one it has
};

constexpr std::string_view kContentTypesName = "[Content_Types].xml";

Result<ContentTypes> read_content_types(std::string_view xml);
std::string content_types_xml(const ContentTypes& types);

}  // namespace docwright::docgen
