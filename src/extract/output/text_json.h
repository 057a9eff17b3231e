// Text content as JSON (contract/structure-info.md, 4.2): text, style, spans, lines, direction, alignment.
#pragma once

#include <string>

#include "extract/output/writing.h"

namespace docwright::extract {

// Members of an open content object: text, style, spans, lines, direction, align.
void write_text(JsonText& json, Writing& writing, PageDraft& draft, TextPlace place, const TextContent& text);

// The items of `spans` without brackets, their starts moved by `shift`.
std::string span_items(Writing& writing, PageDraft& draft, TextPlace place, const TextContent& text, std::uint32_t shift);

// The items of `spans` of a block of a cell, as they deviate from the style of the cell.
std::string block_span_items(Writing& writing, PageDraft& draft, TextPlace place, int block, StyleIndex cell_style);

// The items of `lines`, likewise.
std::string line_items(const Writing& writing, const PageDraft& draft, const TextContent& text, std::uint32_t shift);

// The items of anchors: [{elementId,start,length}].
void write_anchors(JsonText& json, Writing& writing, PageDraft& draft, const std::vector<Anchor>& anchors);

std::string_view word(Align align);  // "" for Unknown

}  // namespace docwright::extract
