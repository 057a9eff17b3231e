#include "extract/output/element_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "extract/output/form_json.h"
#include "extract/output/object_json.h"
#include "extract/output/picture_orders.h"
#include "extract/output/text_json.h"
#include "extract/output/unicode.h"
#include "extract/page/keys.h"

namespace docwright::extract {
namespace {

constexpr float kTinySize = 4;  // points; contract 4.1: a visible size of 1 to 4

std::string_view word(ParagraphRole role) {
    static constexpr std::string_view kWords[] = {"body", "listItem", "caption", "code", "quote", "toc", "reference", "index", "keyValue"};
    return kWords[static_cast<std::size_t>(role)];
}

std::string_view word(FurnitureKind kind) {
    static constexpr std::string_view kWords[] = {"header", "footer", "pageNumber", "sideNote", "watermark"};
    return kWords[static_cast<std::size_t>(kind)];
}

std::string_view word(FigureType type) {
    static constexpr std::string_view kWords[] = {"photo", "chart",     "diagram", "drawing",    "map",  "logo",
                                                  "stamp", "signature", "barcode", "screenshot", "icon", "other"};
    return kWords[static_cast<std::size_t>(type)];
}

std::string_view order_key(ElementType type) {
    static constexpr std::string_view kKeys[] = {"",
                                                 key::kHeadOrder,
                                                 key::kParagraphOrder,
                                                 key::kTableOrder,
                                                 key::kImageOrder,
                                                 key::kHeaderFooterOrder,
                                                 key::kFormOrder,
                                                 key::kHyperlinkOrder,
                                                 key::kFootnoteOrder,
                                                 key::kSidebarOrder,
                                                 key::kAnnotationOrder,
                                                 key::kFormulaOrder};
    return kKeys[static_cast<std::size_t>(type)];
}

const Element& at(const PageDraft& draft, int index) { return draft.elements()[static_cast<std::size_t>(index)]; }

const Glyph* first_glyph(const PageDraft& draft, const TextContent& text) {
    for (std::int32_t glyph : text.glyphs) {
        if (glyph >= 0 && static_cast<std::size_t>(glyph) < draft.ready.page.facts.glyphs.size()) {
            return &draft.ready.page.facts.glyphs[static_cast<std::size_t>(glyph)];
        }
    }
    return nullptr;
}

// ---- paragraphs and their like ------------------------------------------------------------------------------------------

void write_list(JsonText& json, Writing& writing, const ListFacts& list) {
    const bool first_of_page = writing.lists.empty();
    int& number = writing.lists[list.list];
    // A page that starts with the next number goes on with the list of the page before.
    const ListFacts& last = writing.last_item;
    const bool counts_on =
        first_of_page && list.ordered && last.ordered && list.number > 1 && list.number == last.number + 1 && list.level == last.level;
    if (number == 0) number = counts_on ? last.list : ++writing.list_count;
    writing.last_item = list;
    writing.last_item.list = number;
    json.key(key::kList).begin_object().member(key::kListId, "list" + std::to_string(number)).key(key::kLabel).string(list.label);
    json.key(key::kLabelLength)
        .integer(list.label_length)
        .key(key::kLevel)
        .integer(std::max(1, list.level))
        .flag(key::kOrdered, list.ordered);
    if (list.number != 0) json.key(key::kNumber).integer(list.number);
    if (list.checked) json.flag(key::kChecked, *list.checked);
    json.end_object();
}

Spot first_link_target(const PageDraft& draft, int index) {
    for (const WrittenSpan& span : draft.spans_at({index, -1})) {
        if (span.hyperlink == kNoElement) continue;
        const LinkTarget& target = link_of(draft, at(draft, span.hyperlink)).target;
        if (target.kind == TargetKind::Page) return {.page_index = target.page_index, .has_point = target.has_point, .point = target.point};
    }
    return {};
}

void write_paragraph(JsonText& json, Writing& writing, PageDraft& draft, int index) {
    const Element& element = at(draft, index);
    write_text(json, writing, draft, {index, -1}, element.text);
    json.member(key::kRole, word(element.role));
    if (element.role == ParagraphRole::ListItem) write_list(json, writing, element.list);
    if (element.caption_of != kNoElement) {
        json.key(key::kCaptionOf).raw(draft.numbers.reference({element.caption_of, -1}, writing.slots));
    }
    if (element.role == ParagraphRole::Toc) {
        json.late_members(writing.targets.head_of_contents_line(first_link_target(draft, index), element.text.text, writing.slots));
    }
}

void write_head(JsonText& json, Writing& writing, PageDraft& draft, int index) {
    write_text(json, writing, draft, {index, -1}, at(draft, index).text);
    json.member_if(key::kNumber, at(draft, index).number);
}

void write_furniture(JsonText& json, Writing& writing, PageDraft& draft, int index) {
    const Element& element = at(draft, index);
    write_text(json, writing, draft, {index, -1}, element.text);
    json.member(key::kKind, word(element.furniture)).member_if(key::kPageLabel, element.page_label);
    if (element.repeat_group > 0) json.member(key::kRepeatGroup, "furniture" + std::to_string(element.repeat_group));
}

// Code points of marker and gap. A sign behind the marker ("36.") is neither: the marker alone counts then.
std::uint32_t written_marker_length(const Element& element) {
    const auto marker = static_cast<std::uint32_t>(element.marker.size());
    const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(element.marker_length, element.text.text.size()));
    for (std::uint32_t i = marker; i < end; ++i) {
        if (element.text.text[i] != U' ') return marker;
    }
    return std::max(marker, end);
}

void write_footnote(JsonText& json, Writing& writing, PageDraft& draft, int index) {
    const Element& element = at(draft, index);
    write_text(json, writing, draft, {index, -1}, element.text);
    if (element.text.text.starts_with(element.marker) && !element.marker.empty()) {
        json.key(key::kMarker).string(element.marker).key(key::kMarkerLength).integer(written_marker_length(element));
    }
    json.member(key::kKind, element.note_of != kNoElement ? "tableNote" : element.endnote ? "endnote" : "footnote");
    const std::vector<Anchor>& calls = draft.calls[static_cast<std::size_t>(index)];
    if (calls.empty()) return;
    json.key(key::kReferences);
    write_anchors(json, writing, draft, calls);
}

void write_sidebar(JsonText& json, Writing& writing, PageDraft& draft, int index) {
    const Element& element = at(draft, index);
    std::u32string text;
    for (const Element& paragraph : element.paragraphs) {
        if (!text.empty()) text += U'\n';
        text += paragraph.text.text;
    }
    json.key(key::kText).string(text);
    if (!element.paragraphs.empty()) {
        json.key(key::kStyle).raw(draft.styles->whole(element.paragraphs[0].text.style)).key(key::kParagraphs).begin_array();
        for (int inner = 0; inner < static_cast<int>(element.paragraphs.size()); ++inner) {
            const Element& paragraph = element.paragraphs[static_cast<std::size_t>(inner)];
            const int number = draft.numbers.number({index, inner});
            json.begin_object().member(key::kId, element_id(ElementType::Paragraph, number)).member(key::kType, "paragraph");
            json.key(key::kContent).begin_object();
            write_text(json, writing, draft, {index, inner}, paragraph.text);
            if (paragraph.role != ParagraphRole::Body) json.member(key::kRole, word(paragraph.role));
            if (paragraph.role == ParagraphRole::ListItem) write_list(json, writing, paragraph.list);
            json.end_object().key(key::kRegion);
            write_region(json, paragraph.box, draft.frame, paragraph.angle);
            json.key(key::kScore).pointed(written_score(paragraph.score)).key(key::kParagraphOrder).integer(number).end_object();
        }
        json.end_array();
    }
    if (element.shaded) json.member(key::kBackground, fmt::format("#{:06X}", element.background & 0xFFFFFFU));
    json.flag(key::kBordered, element.bordered);
}

// ---- pictures -----------------------------------------------------------------------------------------------------------

Result<const StoredPicture*> picture_of(Writing& writing, PageDraft& draft, int index, const std::string& id) {
    std::optional<PictureOrder> order = picture_order(draft.ready.page, at(draft, index), writing.options.renditions);
    if (!order) return nullptr;
    order->stem = order->element_id = id;
    const StoredPicture* picture = TRY(writing.pictures.make(*order));
    if (!picture) writing.picture_failed = true;
    return picture;
}

std::u32string words_inside(const PageDraft& draft, const Figure& figure) {
    const AnalysedPage& page = draft.ready.page;
    std::u32string text;
    for (std::uint32_t index : figure.lines) {
        if (index >= page.lines.size()) continue;
        for (const Word& word : page.lines[index].words) {
            if (!text.empty()) text += U' ';
            for (std::uint32_t i = word.first; i < word.first + word.count; ++i) {
                const Glyph& glyph = page.facts.glyphs[page.lines[index].glyphs[i]];
                text += glyph.code;
                text += page.facts.further.substr(glyph.first_further, glyph.further_count);
            }
        }
    }
    return normal_form(text);
}

void write_image(JsonText& json, Writing& writing, PageDraft& draft, int index, const StoredPicture* picture) {
    const Element& element = at(draft, index);
    if (picture) {
        json.member(key::kFile, picture->name).key(key::kRendition);
        write_rendition(json, *picture);
    }
    const bool raster = !element.figure.images.empty();
    const bool vector = !element.figure.drawings.empty();
    json.member(key::kKind, raster && vector ? "mixed" : raster ? "raster" : "vector").member(key::kFigureType, word(element.figure_type));
    json.member_if(key::kAltText, element.alternate_text);
    json.member_if(key::kText, element.text.text.empty() ? words_inside(draft, element.figure) : element.text.text);
    write_id_list(json, key::kCaptions, writing, draft, draft.captions[static_cast<std::size_t>(index)]);
}

void write_formula(JsonText& json, PageDraft& draft, int index, const StoredPicture* picture) {
    const Element& element = at(draft, index);
    json.key(key::kText).string(element.text.text).key(key::kStyle).raw(draft.styles->whole(element.text.style));
    json.member(key::kDisplay, "block").member_if(key::kNumber, element.number);
    if (picture) {
        json.member(key::kFile, picture->name).key(key::kRendition);
        write_rendition(json, *picture);
    }
}

void write_content(JsonText& json, Writing& writing, PageDraft& draft, int index, const StoredPicture* picture) {
    switch (at(draft, index).type) {
        case ElementType::Title: return write_text(json, writing, draft, {index, -1}, at(draft, index).text);
        case ElementType::Head: return write_head(json, writing, draft, index);
        case ElementType::Paragraph: return write_paragraph(json, writing, draft, index);
        case ElementType::Image: return write_image(json, writing, draft, index, picture);
        case ElementType::HeaderFooter: return write_furniture(json, writing, draft, index);
        case ElementType::Form: return write_form(json, writing, draft, index);
        case ElementType::Hyperlink: return write_hyperlink(json, writing, draft, index);
        case ElementType::Footnote: return write_footnote(json, writing, draft, index);
        case ElementType::Sidebar: return write_sidebar(json, writing, draft, index);
        case ElementType::Annotation: return write_annotation(json, writing, draft, index);
        case ElementType::Formula: return write_formula(json, draft, index, picture);
        case ElementType::Table: return;  // table_json.h
    }
}

bool owns_text(ElementType type) { return type != ElementType::Form && type != ElementType::Hyperlink && type != ElementType::Annotation; }

std::string_view text_source(const Writing& writing, const PageDraft& draft, const Element& element) {
    if (!owns_text(element.type)) return "none";
    if (element.type == ElementType::Image) return element.figure.lines.empty() && element.text.text.empty() ? "none" : "digital";
    const Glyph* glyph =
        first_glyph(draft, element.type == ElementType::Sidebar && !element.paragraphs.empty() ? element.paragraphs[0].text : element.text);
    // Invisible text that nobody asked for is the text layer of a scan that was recognised before.
    return glyph && glyph->hidden == Hidden::Invisible && !writing.options.include_hidden ? "ocr" : "digital";
}

void write_flags(JsonText& json, const Writing& writing, const PageDraft& draft, const Element& element) {
    const Glyph* glyph = owns_text(element.type) ? first_glyph(draft, element.text) : nullptr;
    if (!glyph) return;
    const TextStyle* style = draft.styles->style(element.text.style);
    const FontFacts* font = draft.styles->font(element.text.style);
    JsonText flags;
    if (style && style->size < kTinySize) flags.string("tiny");
    if (glyph->low_contrast) flags.string("lowContrast");
    if (glyph->hidden != Hidden::No && writing.options.include_hidden) flags.string("hidden");
    if (font && font->maps_badly) flags.string("garbledFont");
    if (!flags.text().empty()) json.key(key::kFlags).begin_array().members(flags.text()).end_array();
}

}  // namespace

double written_score(double score) { return std::isfinite(score) ? std::clamp(score, 0.0, 1.0) : 0; }

void number_element(Writing& writing, PageDraft& draft, int index) {
    const Element& element = at(draft, index);
    const int number = writing.counters.next(element.type);
    draft.numbers.set({index, -1}, element.type, number, writing.slots);
    writing.targets.note(draft.ready.page.facts.page_index, element, number);
    if (element.type != ElementType::Sidebar) return;
    for (int inner = 0; inner < static_cast<int>(element.paragraphs.size()); ++inner) {
        draft.numbers.set({index, inner}, ElementType::Paragraph, writing.counters.next(ElementType::Paragraph), writing.slots);
    }
}

void write_provenance(JsonText& json, Writing& writing, PageDraft& draft, int index) {
    const Element& element = at(draft, index);
    const int number = draft.numbers.number({index, -1});
    if (element.type != ElementType::Title) json.key(order_key(element.type)).integer(number);
    if (element.parent != kNoElement) json.key(key::kParent).raw(draft.numbers.reference({element.parent, -1}, writing.slots));
    // Tables are joined, not chained.
    const bool chained = element.type != ElementType::Table;
    if (const auto slot = chained ? writing.chains.part(index, element, element_id(element.type, number), writing.slots) : std::nullopt)
        json.late_members(*slot);
    const bool object = !owns_text(element.type);
    json.key(key::kSource).begin_object().member(key::kText, text_source(writing, draft, element));
    json.member(key::kStructure, object || element.structure == Structure::Object ? "object"
                                 : element.structure == Structure::Tagged         ? "tagged"
                                                                                  : "layout");
    json.end_object();
    write_flags(json, writing, draft, element);
}

Status write_element(JsonText& json, Writing& writing, PageDraft& draft, int index) {
    const Element& element = at(draft, index);
    const std::string id = element_id(element.type, draft.numbers.number({index, -1}));
    const StoredPicture* picture = nullptr;
    if (element.type == ElementType::Image || element.type == ElementType::Formula) picture = TRY(picture_of(writing, draft, index, id));
    json.begin_object().member(key::kId, id).member(key::kType, type_name(element.type)).key(key::kContent).begin_object();
    write_content(json, writing, draft, index, picture);
    json.end_object().key(key::kRegion);
    Box box = element.box;
    for (const Element& paragraph : element.paragraphs) box = joined(box, paragraph.box);
    write_region(json, box, draft.frame, element.angle);
    json.key(key::kScore).pointed(written_score(owns_text(element.type) ? element.score : 1));
    if (element.type == ElementType::Head) {
        writing.last_head_level = std::clamp(element.level, 1, std::min(6, writing.last_head_level + 1));
        json.key(key::kLevel).integer(writing.last_head_level);
    }
    if (picture) {
        json.key(element.type == ElementType::Image ? key::kOriginalImagePaths : key::kOriginalFormulaImagePaths);
        json.begin_array().string(picture->name).end_array();
    }
    write_provenance(json, writing, draft, index);
    json.end_object();
    return success();
}

}  // namespace docwright::extract
