// Lists: items by their labels, levels by their indents, lists by what counts on.
#include <algorithm>
#include <cmath>
#include <map>

#include "extract/classify/roles.h"

namespace docwright::extract {

namespace {

constexpr double kSameLeftEm = 0.6;
constexpr double kBulletScore = 0.93;
constexpr double kNumberScore = 0.85;
constexpr double kHangEm = 0.8;
constexpr int kDeepest = 9;
// An item that counts on may stand this many blocks further: its own further paragraphs lie between.
constexpr std::size_t kLookAhead = 4;

bool is_plain(const ElementDraft& draft) {
    return draft.element.type == ElementType::Paragraph && draft.block >= 0 && !draft.dropped && draft.part == PagePart::Body &&
           (draft.element.role == ParagraphRole::Body || draft.element.role == ParagraphRole::KeyValue);
}

bool same_kind(const Label& a, const Label& b) {
    return a.kind == b.kind && a.closer == b.closer && a.opener == b.opener && a.upper_case == b.upper_case && a.depth == b.depth;
}

bool counts_on(const Label& a, const Label& b) {
    const bool letters =
        (a.kind == LabelKind::Letter || a.kind == LabelKind::Roman) && (b.kind == LabelKind::Letter || b.kind == LabelKind::Roman);
    if (letters && a.closer == b.closer && a.opener == b.opener && a.kind != b.kind) return true;  // "h) i) j)"
    return same_kind(a, b) && b.number == a.number + 1;
}

// The line ends of an item hang under its text.
bool hangs(const PageDrafts& drafts, const ElementDraft& draft) {
    const Block& block = drafts.block_of(draft);
    return block.lines.size() > 1 && block.first_indent < -kHangEm * drafts.facts_of(draft).size;
}

bool is_bullet_label(const Label& label) { return label.kind == LabelKind::Bullet || label.kind == LabelKind::CheckBox; }

bool is_item(const PageDrafts& drafts, std::size_t i) {
    const ElementDraft& draft = drafts.drafts[i];
    if (!is_plain(draft)) return false;
    const BlockFacts& facts = drafts.facts_of(draft);
    if (facts.tag == "LI" && facts.label) return true;
    if (!facts.label) return false;
    if (is_bullet_label(*facts.label)) return true;
    // A number counts as a label when a neighbour counts on, the lines hang, or it is the first with a closing sign.
    for (std::size_t step = 1; step <= kLookAhead; ++step) {
        if (i + step < drafts.drafts.size()) {
            const ElementDraft& next = drafts.drafts[i + step];
            if (is_plain(next) && drafts.facts_of(next).label && counts_on(*facts.label, *drafts.facts_of(next).label)) return true;
        }
        if (i >= step) {
            const ElementDraft& before = drafts.drafts[i - step];
            const bool counted = is_plain(before) || before.element.role == ParagraphRole::ListItem;
            if (counted && before.block >= 0 && drafts.facts_of(before).label && counts_on(*drafts.facts_of(before).label, *facts.label))
                return true;
        }
    }
    if (hangs(drafts, draft)) return true;
    // Alone, only the first of its kind is an item; another number is more likely the end of a sentence.
    return facts.label->number == 1 && facts.label->closer != 0 && facts.label->kind != LabelKind::Outline;
}

struct OpenLevel {
    double left = 0;
    Label label;
};

}  // namespace

void find_lists(PageDrafts& drafts) {
    std::vector<OpenLevel> open;
    int list = 0;
    for (std::size_t i = 0; i < drafts.drafts.size(); ++i) {
        ElementDraft& draft = drafts.drafts[i];
        if (draft.dropped || draft.element.type == ElementType::Image) continue;
        if (!is_item(drafts, i)) {
            // A paragraph indented under the item belongs to it; anything else ends the list.
            const bool under = is_plain(draft) && !open.empty() &&
                               draft.element.box.left > open.back().left + kSameLeftEm * drafts.facts_of(draft).size &&
                               drafts.block_of(draft).column_box.left <= open.back().left + 1;
            if (!under) {
                open.clear();
                continue;
            }
            draft.element.role = ParagraphRole::ListItem;
            draft.element.list = {.list = list, .level = static_cast<int>(open.size())};
            continue;
        }
        const BlockFacts& facts = drafts.facts_of(draft);
        const Label& label = *facts.label;
        const double left = draft.element.box.left, slack = kSameLeftEm * facts.size;
        // Another column starts its own indents: the level is found by the kind of label.
        if (!open.empty() && std::abs(left - open.front().left) > draft.element.box.width()) {
            for (OpenLevel& level : open) level.left += left - open.front().left;
        }
        while (open.size() > 1 && left < open.back().left - slack) open.pop_back();
        if (open.empty() || left > open.back().left + slack) {
            if (open.empty()) ++list;
            if (open.size() < static_cast<std::size_t>(kDeepest)) open.push_back({left, label});
        } else if (!same_kind(open.back().label, label) && open.size() == 1 && !counts_on(open.back().label, label)) {
            ++list;  // another kind of label at the same place
        } else if (!is_bullet_label(label) && label.number == 1 && open.back().label.number > 0 && open.size() == 1) {
            ++list;  // counts anew
        }
        open.back().label = label;
        open.back().left = left;
        draft.element.role = ParagraphRole::ListItem;
        draft.element.score = is_bullet_label(label) ? kBulletScore : kNumberScore;
        ListFacts& item = draft.element.list;
        item.list = list;
        item.label = facts.text.substr(0, label.shown);
        item.label_length = label.length;
        item.level = static_cast<int>(open.size());
        item.ordered = !is_bullet_label(label);
        item.number = item.ordered ? label.number : 0;
        if (label.kind == LabelKind::CheckBox) item.checked = label.checked;
    }
}

}  // namespace docwright::extract
