#include "extract/output/page_draft.h"

#include <algorithm>
#include <functional>
#include <set>

namespace docwright::extract {
namespace {

bool is_space(char32_t letter) { return letter == U' ' || letter == U'\n' || letter == U'\r' || letter == U'\t'; }

struct Range {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    bool empty() const { return end <= start; }
};

Range trimmed(const std::u32string& text, Range range) {
    while (!range.empty() && is_space(text[range.start])) ++range.start;
    while (!range.empty() && is_space(text[range.end - 1])) --range.end;
    return range;
}

Range range_of(const Anchor& anchor, const TextContent& text) {
    const auto size = static_cast<std::uint32_t>(text.text.size());
    const std::uint32_t start = std::min(anchor.start, size);
    return {start, start + std::min(anchor.length, size - start)};
}

Range range_of(const WrittenSpan& span) { return {span.span.start, span.span.start + span.span.length}; }

// ---- spans of the texts themselves ------------------------------------------------------------------------------------

void take_spans(PageDraft& draft, TextPlace place, const TextContent& text) {
    if (text.spans.empty()) return;
    std::vector<WrittenSpan>& out = draft.spans[place];
    std::uint32_t end = 0;
    const auto size = static_cast<std::uint32_t>(text.text.size());
    for (const Span& span : text.spans) {
        if (span.start < end || span.start >= size || span.length == 0 || span.length > size - span.start) continue;
        out.push_back({.span = span});
        end = span.start + span.length;
    }
}

void for_each_text(const PageDraft& draft, const std::function<void(TextPlace, const TextContent&)>& visit) {
    const std::vector<Element>& elements = draft.elements();
    for (int i = 0; i < static_cast<int>(elements.size()); ++i) {
        const Element& element = elements[static_cast<std::size_t>(i)];
        const auto inner_count = static_cast<int>(element.type == ElementType::Table     ? element.table.cells.size()
                                                  : element.type == ElementType::Sidebar ? element.paragraphs.size()
                                                                                         : 0);
        if (inner_count == 0 && draft.text({i, -1})) visit({i, -1}, element.text);
        for (int inner = 0; inner < inner_count; ++inner) {
            if (const TextContent* text = draft.text({i, inner})) visit({i, inner}, *text);
        }
    }
}

// ---- footnotes ----------------------------------------------------------------------------------------------------------

// A call is a span whose text is the marker of a footnote of the page; the note lists it.
void take_calls(PageDraft& draft) {
    for_each_text(draft, [&draft](TextPlace place, const TextContent& text) {
        const auto found = draft.spans.find(place);
        if (found == draft.spans.end()) return;
        for (WrittenSpan& written : found->second) {
            const int note = std::exchange(written.span.footnote, kNoElement);
            if (note < 0 || note >= static_cast<int>(draft.elements().size())) continue;
            const Element& target = draft.elements()[static_cast<std::size_t>(note)];
            const bool reads_marker = target.type == ElementType::Footnote && !target.marker.empty() &&
                                      text.text.substr(written.span.start, written.span.length) == target.marker;
            if (!reads_marker) continue;
            written.span.footnote = note;
            draft.calls[static_cast<std::size_t>(note)].push_back(
                {.element = place.element, .inner = place.inner, .start = written.span.start, .length = written.span.length});
        }
    });
}

// ---- links: woven into the spans of the words they lie on ---------------------------------------------------------------

// Places inside `range` where a link must be cut: at footnote calls, and where the style changes between two words.
std::set<std::uint32_t> cuts_of(const std::vector<WrittenSpan>& spans, const std::u32string& text, Range range) {
    std::set<std::uint32_t> cuts{range.start, range.end};
    for (const WrittenSpan& span : spans) {
        const Range own = range_of(span);
        for (std::uint32_t edge : {own.start, own.end}) {
            if (edge <= range.start || edge >= range.end) continue;
            const bool between_words = is_space(text[edge]) || is_space(text[edge - 1]);
            if (between_words || span.span.footnote != kNoElement) cuts.insert(edge);
        }
    }
    return cuts;
}

// What of `range` may carry a link: without words that have one, without calls that lie only partly in it.
std::vector<Range> free_ranges(const std::vector<WrittenSpan>& spans, Range range) {
    std::vector<Range> free{range};
    for (const WrittenSpan& span : spans) {
        const Range own = range_of(span);
        const bool cut_call = span.span.footnote != kNoElement && (own.start < range.start || own.end > range.end);
        if (span.hyperlink == kNoElement && !cut_call) continue;
        std::vector<Range> rest;
        for (Range each : free) {
            const Range before{each.start, std::min(each.end, own.start)};
            const Range behind{std::max(each.start, own.end), each.end};
            if (!before.empty()) rest.push_back(before);
            if (!behind.empty()) rest.push_back(behind);
        }
        free = std::move(rest);
    }
    return free;
}

// Puts one piece of a link over the spans below it: these keep what lies outside, the piece takes the style at its start.
void weave_piece(std::vector<WrittenSpan>& spans, Range piece, int hyperlink) {
    std::vector<WrittenSpan> out;
    WrittenSpan link{.span = {.start = piece.start, .length = piece.end - piece.start}, .styled = false, .hyperlink = hyperlink};
    for (const WrittenSpan& span : spans) {
        const Range own = range_of(span);
        const Range before{own.start, std::min(own.end, piece.start)};
        const Range behind{std::max(own.start, piece.end), own.end};
        if (own.start <= piece.start && piece.start < own.end) {
            const Range range = range_of(link);
            link.span = span.span;
            link.span.start = range.start;
            link.span.length = range.end - range.start;
            link.styled = span.styled;
        }
        for (const Range& rest : {before, behind}) {
            if (rest.empty()) continue;
            WrittenSpan kept = span;
            kept.span.start = rest.start;
            kept.span.length = rest.end - rest.start;
            out.push_back(kept);
        }
    }
    out.push_back(link);
    std::ranges::stable_sort(out, {}, [](const WrittenSpan& span) { return span.span.start; });
    spans = std::move(out);
}

void weave_link(PageDraft& draft, int index) {
    for (const Anchor& anchor : draft.elements()[static_cast<std::size_t>(index)].anchors) {
        const TextPlace place{anchor.element, anchor.inner};
        const TextContent* text = draft.text(place);
        if (!text) continue;
        const Range whole = trimmed(text->text, range_of(anchor, *text));
        if (whole.empty()) continue;
        std::vector<WrittenSpan>& spans = draft.spans[place];
        for (Range free : free_ranges(spans, whole)) {
            const std::set<std::uint32_t> cuts = cuts_of(spans, text->text, free);
            for (auto cut = cuts.begin(); std::next(cut) != cuts.end(); ++cut) {
                const Range piece = trimmed(text->text, {*cut, *std::next(cut)});
                if (piece.empty()) continue;
                weave_piece(spans, piece, index);
                draft.anchors[static_cast<std::size_t>(index)].push_back(
                    {.element = place.element, .inner = place.inner, .start = piece.start, .length = piece.end - piece.start});
            }
        }
    }
}

void take_marked(PageDraft& draft, int index) {
    for (const Anchor& anchor : draft.elements()[static_cast<std::size_t>(index)].anchors) {
        const TextContent* text = draft.text({anchor.element, anchor.inner});
        if (!text) continue;
        const Range range = trimmed(text->text, range_of(anchor, *text));
        if (range.empty()) continue;
        draft.anchors[static_cast<std::size_t>(index)].push_back(
            {.element = anchor.element, .inner = anchor.inner, .start = range.start, .length = range.end - range.start});
    }
}

// ---- blocks of cells: the same spans, counted in the text of the block ---------------------------------------------------

// The range of the block whose glyphs are those of `range` of the cell: line ends and hyphens differ, glyphs do not.
Range in_block(const TextContent& cell, const TextContent& block, Range range) {
    std::set<std::int32_t> glyphs(cell.glyphs.begin() + range.start, cell.glyphs.begin() + range.end);
    glyphs.erase(-1);
    Range out{static_cast<std::uint32_t>(block.glyphs.size()), 0};
    for (std::uint32_t i = 0; i < block.glyphs.size(); ++i) {
        if (!glyphs.contains(block.glyphs[i])) continue;
        out.start = std::min(out.start, i);
        out.end = i + 1;
    }
    return out;
}

void take_block_spans(PageDraft& draft) {
    for (auto& [place, spans] : draft.spans) {
        const Element& element = draft.elements()[static_cast<std::size_t>(place.element)];
        if (element.type != ElementType::Table || spans.empty()) continue;
        const CellContent& cell = element.table.cells[static_cast<std::size_t>(place.inner)];
        if (cell.text.glyphs.size() != cell.text.text.size()) continue;
        for (int block = 0; block < static_cast<int>(cell.blocks.size()); ++block) {
            const TextContent& text = cell.blocks[static_cast<std::size_t>(block)].text;
            if (text.glyphs.size() != text.text.size()) continue;
            for (const WrittenSpan& span : spans) {
                const Range range = in_block(cell.text, text, range_of(span));
                if (range.empty()) continue;
                WrittenSpan& out = draft.block_spans[{place, block}].emplace_back(span);
                out.span.start = range.start;
                out.span.length = range.end - range.start;
            }
        }
    }
}

// ---- owners ---------------------------------------------------------------------------------------------------------------

// The cell that holds the middle of `box`, else the first that is written.
int cell_around(const PageDraft& draft, int table_index, const Box& box) {
    const Table& table = draft.elements()[static_cast<std::size_t>(table_index)].table.table;
    int first = -1;
    for (int i = 0; i < static_cast<int>(table.cells.size()); ++i) {
        const Cell& cell = table.cells[static_cast<std::size_t>(i)];
        if (table_index == draft.joined.element && draft.joined.drops(cell)) continue;
        if (cell.box.holds({box.center_x(), box.center_y()})) return i;
        if (first < 0) first = i;
    }
    return first;
}

// Must come before anything is written: an element in a table of which nothing is written is in no table.
void take_owners(PageDraft& draft) {
    const auto count = static_cast<int>(draft.elements().size());
    for (int i = 0; i < count; ++i) {
        const Element& element = draft.elements()[static_cast<std::size_t>(i)];
        if (element.caption_of >= 0 && element.caption_of < count)
            draft.captions[static_cast<std::size_t>(element.caption_of)].push_back(i);
        if (element.note_of != kNoElement) draft.notes[static_cast<std::size_t>(element.note_of)].push_back(i);
        if (element.parent < 0 || element.parent >= count || element.parent == i) continue;
        if (draft.elements()[static_cast<std::size_t>(element.parent)].type != ElementType::Table) continue;
        const int cell = cell_around(draft, element.parent, element.box);
        if (cell >= 0) {
            draft.contained[static_cast<std::size_t>(element.parent)].emplace_back(cell, i);
        } else {
            draft.ready.elements.elements[static_cast<std::size_t>(i)].parent = kNoElement;
        }
    }
}

// References between elements that make no sense are dropped here, so that no later step need ask again.
void drop_bad_references(std::vector<Element>& elements) {
    const auto count = static_cast<int>(elements.size());
    const auto type_at = [&](int index) { return elements[static_cast<std::size_t>(index)].type; };
    for (int i = 0; i < count; ++i) {
        Element& element = elements[static_cast<std::size_t>(i)];
        const auto outside = [count, i](int index) { return index < 0 || index >= count || index == i; };
        if (outside(element.parent)) element.parent = kNoElement;
        const bool captions = element.type == ElementType::Paragraph && !outside(element.caption_of) &&
                              (type_at(element.caption_of) == ElementType::Table || type_at(element.caption_of) == ElementType::Image);
        if (!captions) element.caption_of = kNoElement;
        const bool table_note =
            element.type == ElementType::Footnote && !outside(element.note_of) && type_at(element.note_of) == ElementType::Table;
        if (!table_note) element.note_of = kNoElement;
        if (outside(element.label_element)) element.label_element = kNoElement;
        if (element.continuation.previous >= i) element.continuation.previous = kNoElement;
    }
}

}  // namespace

const TextContent* PageDraft::text(TextPlace place) const {
    if (place.element < 0 || place.element >= static_cast<int>(elements().size())) return nullptr;
    const Element& element = elements()[static_cast<std::size_t>(place.element)];
    const auto inner = static_cast<std::size_t>(place.inner);
    switch (element.type) {
        case ElementType::Table:
            if (place.inner < 0 || inner >= element.table.cells.size() || inner >= element.table.table.cells.size()) return nullptr;
            if (place.element == joined.element && joined.drops(element.table.table.cells[inner])) return nullptr;
            return &element.table.cells[inner].text;
        case ElementType::Sidebar: return place.inner >= 0 && inner < element.paragraphs.size() ? &element.paragraphs[inner].text : nullptr;
        case ElementType::Title:
        case ElementType::Head:
        case ElementType::Paragraph:
        case ElementType::HeaderFooter:
        case ElementType::Footnote: return place.inner < 0 ? &element.text : nullptr;
        case ElementType::Image:
        case ElementType::Form:
        case ElementType::Hyperlink:
        case ElementType::Annotation:
        case ElementType::Formula: return nullptr;  // their content has no spans
    }
    return nullptr;
}

std::span<const WrittenSpan> PageDraft::spans_at(TextPlace place) const {
    const auto found = spans.find(place);
    return found == spans.end() ? std::span<const WrittenSpan>() : std::span<const WrittenSpan>(found->second);
}

PageDraft draft_page(ReadyPage ready, const DocumentFacts& document, const OutputOptions& options, JoinedPiece joined) {
    PageDraft draft;
    draft.ready = std::move(ready);
    draft.joined = std::move(joined);
    const PageFacts& facts = draft.ready.page.facts;
    draft.frame = page_frame(facts.page_index, facts.width, facts.height, options.decimal);
    draft.styles = std::make_unique<StyleTexts>(facts.styles, document.fonts);
    drop_bad_references(draft.ready.elements.elements);
    const std::size_t count = draft.elements().size();
    draft.anchors.resize(count);
    draft.calls.resize(count);
    draft.captions.resize(count);
    draft.notes.resize(count);
    draft.contained.resize(count);
    for_each_text(draft, [&draft](TextPlace place, const TextContent& text) { take_spans(draft, place, text); });
    take_calls(draft);
    for (int i = 0; i < static_cast<int>(count); ++i) {
        if (draft.elements()[static_cast<std::size_t>(i)].type == ElementType::Hyperlink) weave_link(draft, i);
        if (draft.elements()[static_cast<std::size_t>(i)].type == ElementType::Annotation) take_marked(draft, i);
    }
    take_block_spans(draft);
    take_owners(draft);
    return draft;
}

std::u32string text_at(const PageDraft& draft, std::span<const Anchor> anchors) {
    std::u32string out;
    for (const Anchor& anchor : anchors) {
        const TextContent* text = draft.text({anchor.element, anchor.inner});
        if (!text) continue;
        bool gap = !out.empty();
        const Range range = range_of(anchor, *text);
        for (std::uint32_t i = range.start; i < range.end; ++i) {
            if (is_space(text->text[i])) {
                gap = !out.empty();
                continue;
            }
            if (std::exchange(gap, false)) out += U' ';
            out += text->text[i];
        }
    }
    return out;
}

}  // namespace docwright::extract
