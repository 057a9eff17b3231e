// Captions: text that names a figure or table and stands beside it.
#include <algorithm>
#include <cmath>
#include <limits>

#include "extract/classify/roles.h"

namespace docwright::extract {

namespace {

// A caption stands within a few lines of what it captions.
constexpr double kNearEm = 4.0;
constexpr std::uint32_t kMostWords = 120;
constexpr double kNamedScore = 0.9;
// Small print that follows a picture without a name is its caption if it is short.
constexpr double kSmaller = 0.95;
constexpr std::uint32_t kShortWords = 40;
constexpr double kUnnamedScore = 0.6;

bool is_captioned_kind(const ElementDraft& draft) {
    return !draft.dropped && (draft.element.type == ElementType::Table || draft.element.type == ElementType::Image);
}

// White between boxes, sideways distance counted too; infinity when they only meet at corners.
double distance(const Box& a, const Box& b) {
    const double across = -shared_width(a, b), down = -shared_height(a, b);
    if (across > 0 && down > 0) return std::numeric_limits<double>::max();
    return std::max(across, down);
}

bool names_table(const std::u32string& text) { return text.starts_with(U"Tab") || text.starts_with(U"TAB"); }

int nearest_object(const PageDrafts& drafts, std::size_t caption, double reach, bool for_table, bool any_kind) {
    int best = kNoElement;
    double least = reach;
    for (std::size_t i = 0; i < drafts.drafts.size(); ++i) {
        const ElementDraft& other = drafts.drafts[i];
        if (!is_captioned_kind(other)) continue;
        if (!any_kind && (other.element.type == ElementType::Table) != for_table) continue;
        const double gap = distance(drafts.drafts[caption].element.box, other.element.box);
        if (gap >= least) continue;
        least = gap;
        best = static_cast<int>(i);
    }
    return best;
}

}  // namespace

void find_captions(PageDrafts& drafts) {
    for (std::size_t i = 0; i < drafts.drafts.size(); ++i) {
        ElementDraft& draft = drafts.drafts[i];
        const bool candidate =
            draft.element.type == ElementType::Paragraph && draft.block >= 0 && draft.element.role == ParagraphRole::Body;
        if (!candidate || draft.element.box.empty()) continue;
        const BlockFacts& facts = drafts.facts_of(draft);
        const double reach = kNearEm * std::max(facts.size, 1.0);
        const bool tagged = facts.tag == "Caption";
        if (!facts.caption_like && !tagged) continue;
        if (facts.words > kMostWords) continue;
        draft.element.role = ParagraphRole::Caption;
        draft.element.score = kNamedScore;
        draft.element.caption_of = nearest_object(drafts, i, reach, names_table(facts.text), false);
        if (draft.element.caption_of == kNoElement) draft.element.caption_of = nearest_object(drafts, i, reach, false, true);
    }
    // Pictures without a named caption: small print right below them in the same column.
    for (std::size_t i = 0; i + 1 < drafts.drafts.size(); ++i) {
        const ElementDraft& picture = drafts.drafts[i];
        ElementDraft& below = drafts.drafts[i + 1];
        if (picture.element.type != ElementType::Image || below.element.type != ElementType::Paragraph || below.block < 0) continue;
        if (below.element.role != ParagraphRole::Body) continue;
        const bool has_caption = std::any_of(drafts.drafts.begin(), drafts.drafts.end(),
                                             [&](const ElementDraft& other) { return other.element.caption_of == static_cast<int>(i); });
        const BlockFacts& facts = drafts.facts_of(below);
        if (has_caption || facts.size >= kSmaller * drafts.body_size() || facts.words > kShortWords || facts.label) continue;
        if (distance(picture.element.box, below.element.box) > kNearEm / 2 * facts.size) continue;
        below.element.role = ParagraphRole::Caption;
        below.element.caption_of = static_cast<int>(i);
        below.element.score = kUnnamedScore;
    }
}

}  // namespace docwright::extract
