// The tags of a page by marked-content id: a tagged file's own word on what its text is (ISO 32000-2, 14.8).
// Fails: never; tags that point nowhere are passed over. Cost: O(n log n) in tags.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "extract/page/page_facts.h"

namespace docwright::extract {

class PageTags {
public:
    explicit PageTags(const PageFacts& facts);

    // The nearest tag upwards that names a block (P, H1, LI, TD, Caption, Note, Figure …); "" for none, "Artifact" for those.
    const std::string& block_role(std::int32_t marked_content) const;
    // Index of the tag that holds the content itself, -1: none.
    std::int32_t tag_of(std::int32_t marked_content) const;
    // Whether the tags cover the text of the page.
    bool cover_text() const { return covers_; }

private:
    std::map<std::int32_t, std::int32_t> tags_;  // marked content → tag
    std::map<std::int32_t, std::string> roles_;
    bool covers_ = false;
};

// 1 to 6 of H1 to H6, 0 for anything else.
int heading_level_of(const std::string& role);

}  // namespace docwright::extract
