// The edges of a page: what may be furniture, and how its body text and tables begin and end.
// Units: points, page space. Fails: never. Cost: O(n log n) in blocks.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/classify/block_facts.h"
#include "extract/page/analysed_page.h"
#include "extract/page/summary.h"

namespace docwright::extract {

// Short blocks in the outer parts of the page.
std::vector<EdgeBlock> edge_blocks(const AnalysedPage& page, std::span<const BlockFacts> facts);

// Whether the page has no table and no text beside those.
bool has_only_edges(const AnalysedPage& page, std::span<const EdgeBlock> edges);

// The box of all blocks but those.
Box text_area_of(const AnalysedPage& page, std::span<const EdgeBlock> edges);

// Fills PageSummary::first_text and last_text, and table_edges.
void add_text_edges(const AnalysedPage& page, std::span<const BlockFacts> facts, PageSummary& summary);
void add_table_edges(const AnalysedPage& page, std::span<const BlockFacts> facts, PageSummary& summary);

// Digits become '#', roman numerals that stand alone '@': equal for the same furniture on other pages.
std::u32string masked(std::u32string_view text);

bool page_is_tagged(const AnalysedPage& page);

}  // namespace docwright::extract
