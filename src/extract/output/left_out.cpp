#include "extract/output/left_out.h"

#include <algorithm>

#include "extract/output/record_kinds.h"
#include "extract/output/unicode.h"
#include "extract/page/keys.h"

namespace docwright::extract {
namespace {

constexpr std::array<std::string_view, 6> kKinds = {"glyph", "ocrCharacter", "image", "annotation", "link", "widget"};

std::string item_json(const LeftOut& item, Writing& writing, PageDraft& draft) {
    JsonText json;
    json.begin_object().member(key::kKind, kKinds[static_cast<std::size_t>(item.kind)]).member(key::kReason, item.reason);
    json.key(key::kPage).integer(draft.frame.number).key(key::kCount).integer(item.count);
    if (item.has_box) {
        json.key(key::kBoundingBox);
        write_box(json, item.box, draft.frame);
    }
    json.member_if(key::kText, normal_form(item.text)).member_if(key::kSubtype, item.subtype);
    const bool owned = item.owner >= 0 && item.owner < static_cast<int>(draft.elements().size());
    if (owned) json.key(key::kOwner).raw(draft.numbers.reference({item.owner, -1}, writing.slots));
    return json.end_object().take();
}

int first_page_of(const Field& field) {
    int page = -1;
    for (const Widget& widget : field.widgets) {
        if (widget.page_index >= 0 && (page < 0 || widget.page_index < page)) page = widget.page_index;
    }
    return page;
}

}  // namespace

LeftOutAccount::LeftOutAccount(RecordLog& log) : items_(log, static_cast<std::uint32_t>(RecordKind::LeftOut)) {}

Status LeftOutAccount::add_item(const std::string& json) { return items_.append(std::exchange(any_, true) ? ',' + json : json); }

Status LeftOutAccount::add_widgets(std::string_view reason, int page_number, std::int64_t count) {
    of(LeftOutKind::Widget).total += count;
    of(LeftOutKind::Widget).left_out += count;
    JsonText json;
    json.begin_object().member(key::kKind, "widget").member(key::kReason, reason).key(key::kPage).integer(page_number);
    json.key(key::kCount).integer(count).end_object();
    return add_item(json.text());
}

Status LeftOutAccount::add_page(Writing& writing, PageDraft& draft) {
    const PageFacts& facts = draft.ready.page.facts;
    of(LeftOutKind::Glyph).total += static_cast<std::int64_t>(facts.glyphs.size());
    of(LeftOutKind::Image).total += static_cast<std::int64_t>(facts.images.size());
    of(LeftOutKind::Annotation).total += static_cast<std::int64_t>(facts.annotations.size());
    of(LeftOutKind::Link).total += static_cast<std::int64_t>(facts.links.size());
    written_fields_.resize(writing.document.fields.size(), false);
    for (const Element& element : draft.elements()) {
        const bool field =
            element.type == ElementType::Form && element.object >= 0 && element.object < static_cast<int>(written_fields_.size());
        if (!field || written_fields_[static_cast<std::size_t>(element.object)]) continue;
        written_fields_[static_cast<std::size_t>(element.object)] = true;
        of(LeftOutKind::Widget).total +=
            static_cast<std::int64_t>(writing.document.fields[static_cast<std::size_t>(element.object)].widgets.size());
    }
    for (const LeftOut& item : draft.ready.elements.left_out) {
        if (item.count < 1) continue;
        // Widgets that are left out belong to no form element, so they are not in the total yet.
        if (item.kind == LeftOutKind::Widget) of(LeftOutKind::Widget).total += item.count;
        of(item.kind).left_out += item.count;
        TRY(add_item(item_json(item, writing, draft)));
    }
    return success();
}

Status LeftOutAccount::add_failed_page(const Writing& writing, int page_index) {
    written_fields_.resize(writing.document.fields.size(), false);
    std::int64_t count = 0;
    for (std::size_t i = 0; i < written_fields_.size(); ++i) {
        const Field& field = writing.document.fields[i];
        if (written_fields_[i] || first_page_of(field) != page_index) continue;
        written_fields_[i] = true;
        count += static_cast<std::int64_t>(field.widgets.size());
    }
    return count > 0 ? add_widgets("pageFailed", page_index + 1, count) : success();
}

Status LeftOutAccount::finish(const Writing& writing) {
    std::int64_t all = 0;
    for (const Field& field : writing.document.fields) all += static_cast<std::int64_t>(field.widgets.size());
    const std::int64_t missing = all - of(LeftOutKind::Widget).total;
    return missing > 0 ? add_widgets("brokenField", 1, missing) : success();
}

void LeftOutAccount::write_counts(JsonText& json) const {
    json.begin_object();
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        const std::int64_t total = std::max(counts_[i].total, counts_[i].left_out);
        json.key(kKinds[i]).begin_object().key(key::kTotal).integer(total).key(key::kInElements).integer(total - counts_[i].left_out);
        json.key(key::kLeftOut).integer(counts_[i].left_out).end_object();
    }
    json.end_object();
}

}  // namespace docwright::extract
