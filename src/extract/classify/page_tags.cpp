#include "extract/classify/page_tags.h"

#include <array>
#include <string_view>

namespace docwright::extract {

namespace {

// Share of the visible glyphs that tags must hold to be trusted with the page (contract/structure-info.md, 5.1).
constexpr double kCovered = 0.95;
constexpr int kDeepest = 64;  // of the way upwards: deeper trees are cycles or attacks
constexpr std::array<std::string_view, 22> kBlockRoles = {
    "P",  "H",       "H1",   "H2",     "H3",     "H4",      "H5",   "H6",         "Title", "LI",       "TD",
    "TH", "Caption", "Note", "FENote", "Figure", "Formula", "Code", "BlockQuote", "TOCI",  "BibEntry", "Artifact"};
const std::string kNoRole;
const std::string kArtifact = "Artifact";

bool names_block(std::string_view role) {
    for (std::string_view known : kBlockRoles)
        if (known == role) return true;
    return false;
}

}  // namespace

PageTags::PageTags(const PageFacts& facts) {
    const auto count = static_cast<std::int32_t>(facts.tags.size());
    std::vector<std::int32_t> block(facts.tags.size(), -1);
    for (std::int32_t i = 0; i < count; ++i) {
        std::int32_t at = i;
        for (int step = 0; step < kDeepest && at >= 0 && at < count; ++step) {
            if (names_block(facts.tags[static_cast<std::size_t>(at)].role)) break;
            at = facts.tags[static_cast<std::size_t>(at)].parent;
        }
        const bool found = at >= 0 && at < count && names_block(facts.tags[static_cast<std::size_t>(at)].role);
        for (std::int32_t content : facts.tags[static_cast<std::size_t>(i)].marked_contents) {
            tags_[content] = i;
            if (found) roles_[content] = facts.tags[static_cast<std::size_t>(at)].role;
        }
    }
    for (std::int32_t content : facts.artifact_contents) roles_[content] = kArtifact;
    std::size_t visible = 0, held = 0;
    for (const Glyph& glyph : facts.glyphs) {
        if (glyph.hidden != Hidden::No) continue;
        ++visible;
        if (!block_role(glyph.marked_content).empty()) ++held;
    }
    covers_ = count > 0 && static_cast<double>(held) >= kCovered * static_cast<double>(visible);
}

const std::string& PageTags::block_role(std::int32_t marked_content) const {
    auto found = roles_.find(marked_content);
    return found == roles_.end() ? kNoRole : found->second;
}

std::int32_t PageTags::tag_of(std::int32_t marked_content) const {
    auto found = tags_.find(marked_content);
    return found == tags_.end() ? -1 : found->second;
}

int heading_level_of(const std::string& role) {
    return role.size() == 2 && role[0] == 'H' && role[1] >= '1' && role[1] <= '6' ? role[1] - '0' : 0;
}

}  // namespace docwright::extract
