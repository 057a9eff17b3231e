#include "extract/output/object_json.h"

#include <algorithm>
#include <cmath>

#include "extract/output/text_json.h"
#include "extract/output/unicode.h"
#include "extract/page/keys.h"

namespace docwright::extract {
namespace {

constexpr double kClipTolerance = 0.5;  // points: what rounding in a producer leaves

void write_target(JsonText& json, Writing& writing, const LinkTarget& target) {
    json.key(key::kTarget).begin_object();
    switch (target.kind) {
        case TargetKind::Uri: json.member(key::kKind, "uri").member(key::kUri, target.uri); break;
        case TargetKind::Page:
            json.member(key::kKind, "page").key(key::kPage).integer(std::max(0, target.page_index) + 1);
            if (target.has_point) json.key(key::kX).decimal(target.point.x).key(key::kY).decimal(target.point.y);
            json.member_if(key::kName, target.name);
            json.late_members(writing.targets.element_at(
                {.page_index = target.page_index, .has_point = target.has_point, .point = target.point}, writing.slots));
            break;
        case TargetKind::File:
            json.member(key::kKind, "file").member(key::kFile, target.uri);
            if (target.page_index >= 0) json.key(key::kPage).integer(target.page_index + 1);
            break;
        case TargetKind::None:
        case TargetKind::Action: json.member(key::kKind, "action").member_if(key::kAction, target.uri); break;
    }
    json.end_object();
}

bool is_color(std::string_view color) {
    return color.size() == 7 && color[0] == '#' && color.find_first_not_of("0123456789ABCDEF", 1) == std::string_view::npos;
}

void write_replies(JsonText& json, const PageFacts& facts, const Element& element) {
    JsonText replies;
    for (int index : element.replies) {
        if (index < 0 || index >= static_cast<int>(facts.annotations.size())) continue;
        const Annotation& reply = facts.annotations[static_cast<std::size_t>(index)];
        replies.begin_object().member_if(key::kAuthor, clean_text(reply.author)).member(key::kText, clean_text(reply.contents));
        replies.member_if(key::kCreated, date_or_nothing(reply.created)).member_if(key::kModified, date_or_nothing(reply.modified));
        replies.member_if(key::kState, reply.state).end_object();
    }
    if (!replies.text().empty()) json.key(key::kReplies).begin_array().members(replies.text()).end_array();
}

// The latest review state among the replies; a state model other than Review says nothing about the review.
std::string_view review_state(const PageFacts& facts, const Element& element) {
    std::string_view state;
    for (int index : element.replies) {
        if (index < 0 || index >= static_cast<int>(facts.annotations.size())) continue;
        const Annotation& reply = facts.annotations[static_cast<std::size_t>(index)];
        if (!reply.state.empty() && reply.state_model != "Marked") state = reply.state;
    }
    return state;
}

const Annotation* annotation_of(const PageFacts& facts, const Element& element) {
    const bool exists = element.object >= 0 && element.object < static_cast<int>(facts.annotations.size());
    return exists ? &facts.annotations[static_cast<std::size_t>(element.object)] : nullptr;
}

}  // namespace

std::string date_or_nothing(std::string_view date) {
    // YYYY-MM-DD[Thh:mm:ss[Z|±hh:mm]]
    constexpr std::string_view kShape = "0000-00-00T00:00:00";
    const auto fits = [&](std::size_t size) {
        if (date.size() < size) return false;
        for (std::size_t i = 0; i < size; ++i) {
            const bool digit = date[i] >= '0' && date[i] <= '9';
            if (kShape[i] == '0' ? !digit : date[i] != kShape[i]) return false;
        }
        return true;
    };
    if (!fits(10)) return {};
    if (!fits(kShape.size())) return std::string(date.substr(0, 10));
    const std::string_view zone = date.substr(kShape.size());
    const bool offset = zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':' &&
                        std::ranges::all_of(std::string{zone[1], zone[2], zone[4], zone[5]}, [](char c) { return c >= '0' && c <= '9'; });
    if (zone == "Z" || offset) return std::string(date);
    return std::string(date.substr(0, kShape.size()));
}

bool drawn_whole(const ImagePlacement& image) {
    Box drawn{image.corners[0].x, image.corners[0].y, image.corners[0].x, image.corners[0].y};
    for (const Point& corner : image.corners) drawn = joined(drawn, {corner.x, corner.y, corner.x, corner.y});
    const double cut = std::max({std::abs(drawn.left - image.box.left), std::abs(drawn.top - image.box.top),
                                 std::abs(drawn.right - image.box.right), std::abs(drawn.bottom - image.box.bottom)});
    return cut <= kClipTolerance;
}

const Link& link_of(const PageDraft& draft, const Element& element) {
    const std::vector<Link>& links = draft.ready.page.facts.links;
    const bool object = !element.link_from_text && element.object >= 0 && element.object < static_cast<int>(links.size());
    return object ? links[static_cast<std::size_t>(element.object)] : element.link;
}

void write_id_list(JsonText& json, std::string_view name, Writing& writing, PageDraft& draft, const std::vector<int>& elements) {
    if (elements.empty()) return;
    json.key(name).begin_array();
    for (int element : elements) json.raw(draft.numbers.reference({element, -1}, writing.slots));
    json.end_array();
}

void write_hyperlink(JsonText& json, Writing& writing, PageDraft& draft, int index) {
    const Element& element = draft.elements()[static_cast<std::size_t>(index)];
    const Link& link = link_of(draft, element);
    const std::vector<Anchor>& anchors = draft.anchors[static_cast<std::size_t>(index)];
    json.key(key::kText).string(anchors.empty() ? normal_form(element.text.text) : text_at(draft, anchors));
    write_target(json, writing, link.target);
    if (!anchors.empty()) {
        json.key(key::kAnchors);
        write_anchors(json, writing, draft, anchors);
    }
    if (!link.quads.empty()) {
        json.key(key::kQuads);
        write_quads(json, link.quads);
    }
    json.member_if(key::kTooltip, clean_text(link.tooltip)).member(key::kOrigin, element.link_from_text ? "text" : "annotation");
}

void write_annotation(JsonText& json, Writing& writing, PageDraft& draft, int index) {
    const Element& element = draft.elements()[static_cast<std::size_t>(index)];
    const PageFacts& facts = draft.ready.page.facts;
    static const Annotation kNone{.subtype = "Unknown"};
    const Annotation* found = annotation_of(facts, element);
    const Annotation& note = found ? *found : kNone;
    json.member(key::kText, clean_text(note.contents)).member(key::kSubtype, note.subtype);
    json.member_if(key::kAuthor, clean_text(note.author)).member_if(key::kSubject, clean_text(note.subject));
    json.member_if(key::kCreated, date_or_nothing(note.created)).member_if(key::kModified, date_or_nothing(note.modified));
    if (is_color(note.color)) json.member(key::kColor, note.color);
    if (note.opacity < 1) json.key(key::kOpacity).decimal(std::clamp(note.opacity, 0.0, 1.0));
    if (!note.quads.empty()) {
        json.key(key::kQuads);
        write_quads(json, note.quads);
    }
    if (const std::vector<Anchor>& anchors = draft.anchors[static_cast<std::size_t>(index)]; !anchors.empty()) {
        json.key(key::kMarked).begin_object().key(key::kText).string(text_at(draft, anchors)).key(key::kAnchors);
        write_anchors(json, writing, draft, anchors);
        json.end_object();
    }
    write_replies(json, facts, element);
    json.member_if(key::kState, review_state(facts, element)).member_if(key::kName, note.name);
    json.flag(key::kHasAppearance, note.has_appearance).flag(key::kVisible, !note.hidden);
    if (note.attachment_name.empty() && note.attachment_bytes < 0) return;
    json.key(key::kAttachment).begin_object().member(key::kName, clean_text(note.attachment_name));
    if (note.attachment_bytes >= 0) json.key(key::kBytes).integer(note.attachment_bytes);
    json.member_if(key::kMediaType, note.attachment_type).end_object();
}

}  // namespace docwright::extract
