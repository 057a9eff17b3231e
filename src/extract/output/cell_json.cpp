#include "extract/output/cell_json.h"

#include <fmt/format.h>

#include <cmath>

#include "extract/output/element_json.h"
#include "extract/output/text_json.h"
#include "extract/page/keys.h"

namespace docwright::extract {
namespace {

constexpr std::u32string_view kLineEnd = U"\r\n";

std::string_view word(CellKind kind) {
    static constexpr std::string_view kWords[] = {"content", "columnHeader", "rowHeader", "stubHead", "sectionHeader"};
    return kWords[static_cast<std::size_t>(kind)];
}

std::string region_text(const Box& box, const PageFrame& frame) {
    JsonText json;
    write_region(json, box, frame);
    return json.take();
}

std::string block_item(const std::u32string& text, std::size_t start, std::size_t length, std::string_view region, std::string_view spans) {
    JsonText json;
    json.begin_object().key(key::kText).string(text).key(key::kStart).integer(static_cast<std::int64_t>(start));
    json.key(key::kLength).integer(static_cast<std::int64_t>(length));
    if (!region.empty()) json.key(key::kRegion).raw(region);
    if (!spans.empty()) json.key(key::kSpans).begin_array().members(spans).end_array();
    return json.end_object().take();
}

std::string block_items(Writing& writing, PageDraft& draft, TextPlace place, const CellContent& cell, std::uint32_t shift) {
    JsonText json;
    for (std::size_t i = 0; i < cell.blocks.size(); ++i) {
        const CellBlock& block = cell.blocks[i];
        if (block.length == 0 || block.start + block.length > cell.text.text.size()) continue;
        json.raw(block_item(block.text.text, block.start + shift, block.length, {},
                            block_span_items(writing, draft, place, static_cast<int>(i), cell.text.style)));
    }
    if (!json.text().empty() || cell.text.text.find(kLineEnd) == std::u32string::npos) return json.take();
    // Several lines and nobody said how they read: one block, its lines joined by spaces.
    std::u32string joined;
    for (char32_t letter : cell.text.text) {
        if (letter == U'\n') continue;
        joined += letter == U'\r' ? U' ' : letter;
    }
    return block_item(joined, shift, cell.text.text.size(), {}, {});
}

void append_items(std::string& items, std::string_view more) {
    if (!items.empty() && !more.empty()) items += ',';
    items += more;
}

// Where the text stands between the upper and the lower edge of its cell. A cell that its text nearly fills does not tell.
constexpr double kFreeLines = 0.8;     // white in the cell, in heights of a line
constexpr double kMiddleShare = 0.25;  // of that white, by which above and below may differ

std::string_view vertical_align(const Cell& cell, const CellContent& content) {
    if (!content.has_text_box || content.text.line_starts.empty()) return {};
    const double above = content.text_box.top - cell.box.top, below = cell.box.bottom - content.text_box.bottom;
    const double line_height = content.text_box.height() / static_cast<double>(content.text.line_starts.size());
    if (above + below < kFreeLines * line_height) return {};
    if (std::abs(above - below) <= kMiddleShare * (above + below)) return "middle";
    return above < below ? "top" : "bottom";
}

}  // namespace

WrittenCell written_cell(Writing& writing, PageDraft& draft, int index, int cell_index, std::uint32_t shift) {
    const TableContent& table = draft.elements()[static_cast<std::size_t>(index)].table;
    const Cell& cell = table.table.cells[static_cast<std::size_t>(cell_index)];
    static const CellContent kEmpty;
    const auto at = static_cast<std::size_t>(cell_index);
    const CellContent& content = at < table.cells.size() ? table.cells[at] : kEmpty;
    const TextPlace place{index, cell_index};
    WrittenCell out{.column = cell.column, .row_span = cell.row_span, .column_span = cell.column_span, .text = content.text.text};
    out.regions.push_back(region_text(cell.box, draft.frame));
    out.kind = cell.kind;
    out.has_background = cell.has_background;
    out.background = cell.background & 0xFFFFFFU;
    for (const auto& [owner, element] : draft.contained[static_cast<std::size_t>(index)]) {
        if (owner == cell_index) append_items(out.contained, draft.numbers.reference({element, -1}, writing.slots));
    }
    if (out.text.empty()) return out;
    out.align = content.text.align;
    out.vertical_align = vertical_align(cell, content);
    out.score = written_score(content.score);
    out.style = draft.styles->whole(content.text.style);
    out.spans = span_items(writing, draft, place, content.text, shift);
    if (writing.options.detail != Detail::Elements) out.lines = line_items(writing, draft, content.text, shift);
    out.blocks = block_items(writing, draft, place, content, shift);
    if (content.has_text_box) out.text_region = region_text(content.text_box, draft.frame);
    return out;
}

std::uint32_t shift_behind(const WrittenCell& cell) {
    return cell.text.empty() ? 0 : static_cast<std::uint32_t>(cell.text.size() + kLineEnd.size());
}

void append_rest(WrittenCell& cell, WrittenCell rest) {
    cell.vertical_align = {};  // of a cell in two pieces it cannot be told
    for (std::string& region : rest.regions) cell.regions.push_back(std::move(region));
    append_items(cell.contained, rest.contained);
    if (rest.text.empty()) return;
    if (cell.text.empty()) {
        cell.text = std::move(rest.text);
        cell.style = std::move(rest.style);
        cell.score = rest.score;
        cell.align = rest.align;
        cell.spans = std::move(rest.spans);
        cell.lines = std::move(rest.lines);
        cell.blocks = std::move(rest.blocks);
        return;
    }
    // A text of two pieces has a line end, so both pieces need their blocks.
    if (cell.blocks.empty()) cell.blocks = block_item(cell.text, 0, cell.text.size(), {}, {});
    if (rest.blocks.empty()) rest.blocks = block_item(rest.text, shift_behind(cell), rest.text.size(), {}, {});
    cell.text += kLineEnd;
    cell.text += rest.text;
    append_items(cell.spans, rest.spans);
    append_items(cell.lines, rest.lines);
    append_items(cell.blocks, rest.blocks);
    cell.score = std::min(cell.score, rest.score);
}

void write_cell(JsonText& json, const WrittenCell& cell) {
    json.begin_object().key(key::kParagraph).begin_object().member(key::kType, "paragraph").key(key::kContent).begin_object();
    json.key(key::kText).string(cell.text);
    if (!cell.style.empty()) json.key(key::kStyle).raw(cell.style);
    if (!cell.spans.empty()) json.key(key::kSpans).begin_array().members(cell.spans).end_array();
    if (!cell.lines.empty()) json.key(key::kLines).begin_array().members(cell.lines).end_array();
    json.end_object().key(key::kRegion).raw(cell.regions[0]).member(key::kId, element_id(ElementType::Paragraph, cell.number));
    json.key(key::kParagraphOrder).integer(cell.number).end_object();
    json.key(key::kRowSpan).integer(cell.row_span).key(key::kColumnSpan).integer(cell.column_span);
    json.key(key::kRowIndex).integer(cell.row).key(key::kColumnIndex).integer(cell.column).key(key::kRegion).raw(cell.regions[0]);
    if (!cell.text.empty()) json.key(key::kScore).pointed(cell.score);
    if (cell.regions.size() > 1) {
        json.key(key::kRegions).begin_array();
        for (const std::string& region : cell.regions) json.raw(region);
        json.end_array();
    }
    if (!cell.text_region.empty()) json.key(key::kTextRegion).raw(cell.text_region);
    json.member(key::kKind, word(cell.kind)).member_if(key::kAlign, word(cell.align)).member_if(key::kVerticalAlign, cell.vertical_align);
    if (!cell.blocks.empty()) json.key(key::kParagraphs).begin_array().members(cell.blocks).end_array();
    if (!cell.contained.empty()) json.key(key::kContains).begin_array().members(cell.contained).end_array();
    if (cell.has_background) json.member(key::kBackground, fmt::format("#{:06X}", cell.background));
    json.end_object();
}

}  // namespace docwright::extract
