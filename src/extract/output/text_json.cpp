#include "extract/output/text_json.h"

#include <algorithm>

#include "extract/page/keys.h"

namespace docwright::extract {
namespace {

// The advance boxes of the glyphs of a range, joined; false: none has a place.
bool box_of(const PageDraft& draft, const TextContent& text, std::size_t start, std::size_t end, Box& box) {
    const std::vector<Glyph>& glyphs = draft.ready.page.facts.glyphs;
    bool any = false;
    for (std::size_t i = start; i < end && i < text.glyphs.size(); ++i) {
        const std::int32_t glyph = text.glyphs[i];
        if (glyph < 0 || static_cast<std::size_t>(glyph) >= glyphs.size()) continue;
        const Box& own = glyphs[static_cast<std::size_t>(glyph)].advance;
        box = any ? joined(box, own) : own;
        any = true;
    }
    return any;
}

bool is_gap(char32_t letter) { return letter == U' ' || letter == U'\n' || letter == U'\r'; }

void write_range(JsonText& json, const PageDraft& draft, std::size_t start, std::size_t end, std::uint32_t shift, const Box& box) {
    json.begin_object().key(key::kStart).integer(static_cast<std::int64_t>(start + shift));
    json.key(key::kLength).integer(static_cast<std::int64_t>(end - start)).key(key::kBoundingBox);
    write_box(json, box, draft.frame);
}

void write_words(JsonText& json, const PageDraft& draft, const TextContent& text, std::size_t start, std::size_t end, std::uint32_t shift) {
    json.key(key::kWords).begin_array();
    for (std::size_t at = start; at < end;) {
        std::size_t stop = at;
        while (stop < end && !is_gap(text.text[stop])) ++stop;
        Box box;
        if (stop > at && box_of(draft, text, at, stop, box)) {
            write_range(json, draft, at, stop, shift, box);
            json.end_object();
        }
        at = stop + 1;
    }
    json.end_array();
}

std::string items(Writing& writing, PageDraft& draft, std::span<const WrittenSpan> spans, StyleIndex base, std::uint32_t shift) {
    JsonText json;
    for (const WrittenSpan& written : spans) {
        const std::string style = written.styled ? draft.styles->deviation(base, written.span) : std::string();
        const bool calls = written.span.footnote != kNoElement;
        const bool links = written.hyperlink != kNoElement;
        if (style.empty() && !calls && !links) continue;
        json.begin_object().key(key::kStart).integer(written.span.start + shift).key(key::kLength).integer(written.span.length);
        if (!style.empty()) json.key(key::kStyle).begin_object().members(style).end_object();
        if (links) json.key(key::kHyperlink).raw(draft.numbers.reference({written.hyperlink, -1}, writing.slots));
        if (calls) json.key(key::kFootnote).raw(draft.numbers.reference({written.span.footnote, -1}, writing.slots));
        json.end_object();
    }
    return json.take();
}

}  // namespace

std::string_view word(Align align) {
    switch (align) {
        case Align::Left: return "left";
        case Align::Right: return "right";
        case Align::Center: return "center";
        case Align::Justify: return "justify";
        case Align::Unknown: return "";
    }
    return "";
}

std::string span_items(Writing& writing, PageDraft& draft, TextPlace place, const TextContent& text, std::uint32_t shift) {
    return items(writing, draft, draft.spans_at(place), text.style, shift);
}

std::string block_span_items(Writing& writing, PageDraft& draft, TextPlace place, int block, StyleIndex cell_style) {
    const auto found = draft.block_spans.find({place, block});
    return found == draft.block_spans.end() ? std::string() : items(writing, draft, found->second, cell_style, 0);
}

std::string line_items(const Writing& writing, const PageDraft& draft, const TextContent& text, std::uint32_t shift) {
    JsonText json;
    for (std::size_t i = 0; i < text.line_starts.size(); ++i) {
        std::size_t start = text.line_starts[i];
        std::size_t end = i + 1 < text.line_starts.size() ? text.line_starts[i + 1] : text.text.size();
        end = std::min(end, text.text.size());
        while (end > start && is_gap(text.text[end - 1])) --end;
        Box box;
        if (start >= end || !box_of(draft, text, start, end, box)) continue;
        write_range(json, draft, start, end, shift, box);
        if (writing.options.detail == Detail::Words) write_words(json, draft, text, start, end, shift);
        json.end_object();
    }
    return json.take();
}

void write_text(JsonText& json, Writing& writing, PageDraft& draft, TextPlace place, const TextContent& text) {
    json.key(key::kText).string(text.text);
    json.key(key::kStyle).raw(draft.styles->whole(text.style));
    if (const std::string spans = span_items(writing, draft, place, text, 0); !spans.empty()) {
        json.key(key::kSpans).begin_array().members(spans).end_array();
    }
    if (writing.options.detail != Detail::Elements) {
        const std::string lines = line_items(writing, draft, text, 0);
        if (!lines.empty()) json.key(key::kLines).begin_array().members(lines).end_array();
    }
    if (text.direction != Direction::LeftToRight) json.member(key::kDirection, text.direction == Direction::RightToLeft ? "rtl" : "ttb");
    json.member_if(key::kAlign, word(text.align));
}

void write_anchors(JsonText& json, Writing& writing, PageDraft& draft, const std::vector<Anchor>& anchors) {
    json.begin_array();
    for (const Anchor& anchor : anchors) {
        const auto inner = static_cast<std::size_t>(anchor.inner);
        const bool moved = anchor.element == draft.joined.element && anchor.inner >= 0 && inner < draft.joined.shifts.size();
        json.begin_object().key(key::kElementId).raw(draft.numbers.reference({anchor.element, anchor.inner}, writing.slots));
        json.key(key::kStart).integer(anchor.start + (moved ? draft.joined.shifts[inner] : 0)).key(key::kLength).integer(anchor.length);
        json.end_object();
    }
    json.end_array();
}

}  // namespace docwright::extract
