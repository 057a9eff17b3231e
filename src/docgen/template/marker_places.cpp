#include "docgen/template/marker_places.h"

#include <algorithm>
#include <limits>

namespace docwright::docgen {
namespace {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\n\r") == std::string_view::npos; }

bool shows(const Plan& plan, const Segment& segment) {
    return segment.is_tag() ? !is_marker(plan.tags[segment.tag].tag.kind) : !is_blank(segment.text);
}

// An unchanged piece.
bool shows(const Structure& structure, std::size_t leaf) {
    switch (structure.elements[leaf]) {
        case Element::Text: return !is_blank(structure.text_in(leaf));
        case Element::PageBreakHint:
        case Element::SoftHyphen:
        case Element::Tab: return false;
        default: return true;
    }
}

std::vector<std::size_t> elements_around(const Structure& structure, std::size_t token) {
    std::vector<std::size_t> around{token};
    for (std::size_t at = token; structure.parents[at] != at && structure.parents[at] < at; at = structure.parents[at])
        around.push_back(structure.parents[at]);
    std::ranges::reverse(around);
    return around;
}

}  // namespace

bool is_marker(TagKind kind) {
    switch (kind) {
        case TagKind::If:
        case TagKind::Else:
        case TagKind::EndIf:
        case TagKind::LoopStart:
        case TagKind::LoopEnd: return true;
        default: return false;
    }
}

std::map<std::size_t, MarkerPlace> find_markers(const Plan& plan) {
    std::map<std::size_t, MarkerPlace> markers;
    for (const auto& [leaf, segments] : plan.edits) {
        for (std::size_t i = 0; i < segments.size(); ++i) {
            const std::size_t tag = segments[i].tag;
            if (tag != kNone && is_marker(plan.tags[tag].tag.kind)) markers[tag] = {leaf, i};
        }
    }
    return markers;
}

bool shows_anything(const Plan& plan, const Structure& structure, const MarkerPlace& after, const MarkerPlace& before) {
    for (std::size_t i = after.leaf; i <= before.leaf && i < structure.tokens.size(); ++i) {
        if (const auto edit = plan.edits.find(i); edit != plan.edits.end()) {
            for (std::size_t segment = 0; segment < edit->second.size(); ++segment) {
                const MarkerPlace here{i, segment};
                if (after < here && here < before && shows(plan, edit->second[segment])) return true;
            }
            i = structure.tokens[i].partner;
        } else if (structure.is_leaf(i) && i > after.leaf && i < before.leaf && shows(structure, i)) {
            return true;
        }
    }
    return false;
}

std::size_t common_element(const Structure& structure, std::size_t a, std::size_t b) {
    const std::vector<std::size_t> left = elements_around(structure, a), right = elements_around(structure, b);
    const auto [apart, ignored] = std::ranges::mismatch(left, right);
    return apart == left.begin() ? left.front() : *(apart - 1);
}

std::size_t child_of(const Structure& structure, std::size_t outer, std::size_t token) {
    while (structure.parents[token] != outer && structure.parents[token] < token) token = structure.parents[token];
    return token;
}

Remains remains_of_paragraph(const Plan& plan, const Structure& structure, std::size_t paragraph) {
    Remains remains;
    const auto add = [&remains](int guard) {
        if (guard == kAlways) {
            remains.always = true;
        } else if (std::ranges::find(remains.guards, guard) == remains.guards.end()) {
            remains.guards.push_back(guard);
        }
    };
    for (std::size_t i = paragraph + 1; i < structure.tokens[paragraph].partner; ++i) {
        if (const auto edit = plan.edits.find(i); edit != plan.edits.end()) {
            for (const Segment& segment : edit->second)
                if (shows(plan, segment)) add(segment.guard);
        } else if (structure.is_leaf(i)) {
            const auto shown = plan.shown_if.find(i);
            if (!shows(structure, i)) continue;
            if (shown == plan.shown_if.end()) {
                add(kAlways);
            } else {
                std::ranges::for_each(shown->second, add);
            }
        } else {
            continue;
        }
        i = structure.tokens[i].partner;
    }
    return remains;
}

}  // namespace docwright::docgen
