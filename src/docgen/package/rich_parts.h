// What a merge adds to the package for values that are more than text: pictures, links, lists (contract/docgen.md, 10). A picture
// becomes a part once, however often it is shown; each part that shows it has its own relationship to it. Nothing is fetched.
// A value that is none of what its tag wants shows nothing, and the author is told where and why.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "docgen/merge/values.h"
#include "docgen/package/html_paragraphs.h"
#include "docgen/package/numbering.h"
#include "docgen/package/outside.h"
#include "docgen/package/picture_file.h"
#include "docgen/template/rich_place.h"

namespace docwright::docgen {

class RichParts {
public:
    struct Media {
        std::string name;  // "word/media/dw1.png"
        std::string bytes;
    };

    struct Package {
        const AllRelationships& relationships;
        const std::set<std::string>& names;  // of its parts
        Numbering numbering;
        std::uint32_t first_drawing = 1;  // an id from which no drawing has one
    };
    // All that is referred to outlives it.
    RichParts(Package package, const MergeSettings& settings, const Warn& warn);

    // In place of a tag of `part`.
    Result<std::string> show(const std::string& part, const Tag& tag, const json::value* value, const RichPlace& place);

    // After everything has been shown.
    const std::vector<Media>& media() const { return media_; }
    Relationships added_to(const std::string& part) const;
    const Numbering& numbering() const { return package_.numbering; }

private:
    std::string show_picture(const std::string& part, const Tag& tag, const json::value& value, const RichPlace& place);
    std::string show_markup(const std::string& part, const json::value* value, const RichPlace& place);
    std::string show_link(const std::string& part, const json::value& value, const RichPlace& place);
    std::string add_media(std::string bytes, std::string_view extension);  // its name
    std::string relationship(const std::string& part, std::string_view kind, const std::string& target, bool external, bool strict);
    void refuse(const RichPlace& place, std::string_view why) const;

    Package package_;
    const MergeSettings& settings_;
    const Warn& warn_;
    std::vector<Media> media_;
    std::map<std::string, std::string> media_names_;  // by SHA-256
    struct Added {
        Relationships list;
        std::map<std::string, std::string> ids;  // by kind and target
    };
    std::map<std::string, Added> added_;
    std::uint32_t drawings_ = 0;
};

}  // namespace docwright::docgen
