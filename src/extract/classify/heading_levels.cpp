#include "extract/classify/heading_levels.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace docwright::extract {

namespace {

constexpr int kDeepest = 6;
// Sizes closer than this look the same.
constexpr double kSameSize = 0.04;
// A title is larger than every heading, in the upper part of the first page.
constexpr double kTitleLarger = 1.12;
constexpr double kTitleOverBody = 1.25;
constexpr double kTitlePlace = 0.5;  // of the page's height
// Levels of tags, or of the outline, count when they are given for most headings.
constexpr double kMostHeads = 0.6;

struct Look {
    double size = 0;
    bool bold = false;
    bool upper_case = false;
    bool italic = false;
};

Look look_of(const LevelledHead& head) {
    return {.size = head.size, .bold = head.bold, .upper_case = head.upper_case, .italic = head.italic};
}

bool same_size(double a, double b) { return std::abs(a - b) <= kSameSize * std::max(a, b); }

bool same_look(const Look& a, const Look& b) {
    return same_size(a.size, b.size) && a.bold == b.bold && a.upper_case == b.upper_case && a.italic == b.italic;
}

// Larger before smaller, bold before plain, capitals before mixed, upright before italic.
bool heavier(const Look& a, const Look& b) {
    if (!same_size(a.size, b.size)) return a.size > b.size;
    if (a.bold != b.bold) return a.bold;
    if (a.upper_case != b.upper_case) return a.upper_case;
    return !a.italic && b.italic;
}

// The title: on the first page, in its upper part, larger than all that follows.
void choose_title(std::vector<LevelledHead>& heads, double body_size, double first_page_height) {
    LevelledHead* best = nullptr;
    for (LevelledHead& head : heads) {
        if (head.page != 0 || head.top > kTitlePlace * first_page_height) continue;
        if (!best || head.size > best->size) best = &head;
    }
    if (!best || best->size < kTitleOverBody * body_size || best->number_depth >= 0) return;
    for (const LevelledHead& head : heads)
        if (&head != best && head.size * kTitleLarger > best->size) return;
    best->title = true;
}

std::vector<Look> looks_in_order(const std::vector<LevelledHead>& heads) {
    std::vector<Look> looks;
    for (const LevelledHead& head : heads) {
        if (head.title) continue;
        const Look look = look_of(head);
        if (std::none_of(looks.begin(), looks.end(), [&](const Look& other) { return same_look(look, other); })) looks.push_back(look);
    }
    // Not a strict order where sizes drift by small steps, so the looks are put in place one by one.
    std::vector<Look> ordered;
    for (const Look& look : looks) {
        auto place = std::find_if(ordered.begin(), ordered.end(), [&](const Look& other) { return heavier(look, other); });
        ordered.insert(place, look);
    }
    return ordered;
}

// Heads of one depth of numbering get one level: that of the heaviest look they have, deeper numbers below it.
void follow_numbers(std::vector<LevelledHead>& heads) {
    int first = kDeepest;
    int shallowest = kDeepest;
    for (const LevelledHead& head : heads) {
        const int depth = head.number_depth;
        if (head.title || depth <= 0) continue;
        if (depth < shallowest) {
            shallowest = depth;
            first = head.level;
        } else if (depth == shallowest) {
            first = std::min(first, head.level);
        }
    }
    for (LevelledHead& head : heads)
        if (!head.title && head.number_depth > 0) head.level = first + head.number_depth - shallowest;
}

// True if the levels of a source cover most heads; then they stand, and the others keep their rank.
template <class LevelOf>
bool follow_source(std::vector<LevelledHead>& heads, LevelOf level_of) {
    std::size_t given = 0;
    for (const LevelledHead& head : heads)
        if (level_of(head) > 0) ++given;
    if (heads.empty() || static_cast<double>(given) < kMostHeads * static_cast<double>(heads.size())) return false;
    for (LevelledHead& head : heads)
        if (level_of(head) > 0) head.level = level_of(head);
    return true;
}

void make_dense(std::vector<LevelledHead>& heads) {
    std::map<int, int> used;
    for (const LevelledHead& head : heads)
        if (!head.title) used[head.level] = 0;
    int next = 0;
    for (auto& [level, dense] : used) dense = ++next;
    int before = 0;
    for (LevelledHead& head : heads) {
        if (head.title) continue;
        head.level = std::clamp(used[head.level], 1, std::min(before + 1, kDeepest));
        before = head.level;
    }
}

}  // namespace

void give_levels(std::vector<LevelledHead>& heads, double body_size, double first_page_height) {
    choose_title(heads, body_size, first_page_height);
    const std::vector<Look> looks = looks_in_order(heads);
    for (LevelledHead& head : heads) {
        const Look look = look_of(head);
        const auto rank = std::find_if(looks.begin(), looks.end(), [&](const Look& other) { return same_look(look, other); });
        head.level = static_cast<int>(rank - looks.begin()) + 1;
    }
    const bool by_tags = follow_source(heads, [](const LevelledHead& head) { return head.tag_level; });
    const bool by_outline = !by_tags && follow_source(heads, [](const LevelledHead& head) { return head.outline_level; });
    if (!by_tags && !by_outline) follow_numbers(heads);
    make_dense(heads);
}

}  // namespace docwright::extract
