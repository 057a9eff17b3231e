// The elements of a page while they are made: drafts in reading order that later steps fill, and where each glyph went.
// Steps name other drafts by their index here; the last step puts them in the order of the contract and renumbers.
// Units as in extract/page/page_facts.h. Internal to extract/classify/.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "extract/classify/block_facts.h"
#include "extract/page/analysed_page.h"
#include "extract/page/context.h"
#include "extract/page/document_facts.h"
#include "extract/page/element.h"
#include "extract/text/assemble.h"

namespace docwright::extract {

// The parts of a page in the order of contract/structure-info.md, 5.1.
enum class PagePart : std::uint8_t { Head, Body, Notes, Foot };

struct ElementDraft {
    Element element;
    int block = -1;  // index into AnalysedPage::blocks, -1: of an object of the file
    PagePart part = PagePart::Body;
    bool dropped = false;  // taken into another draft
    int after = -1;        // objects: the draft that they follow, -1: placed by position
};

struct PageDrafts {
    const AnalysedPage& page;
    const DocumentFacts& document;
    const DocumentContext& context;
    const PageContext& own;
    WordSet known;
    std::vector<BlockFacts> facts;  // by block
    std::vector<ElementDraft> drafts;

    const Block& block_of(const ElementDraft& draft) const { return page.blocks[static_cast<std::size_t>(draft.block)]; }
    const BlockFacts& facts_of(const ElementDraft& draft) const { return facts[static_cast<std::size_t>(draft.block)]; }
    double body_size() const;
};

// One draft per block with text, table or picture; furniture and headings as the context decided.
PageDrafts start_drafts(const AnalysedPage& page, const DocumentFacts& document, const DocumentContext& context);

// Text of a block; `forced` keeps the ends of lines that were ended on purpose.
TextContent text_of_block(const PageDrafts& drafts, const Block& block, bool forced);
// Box of lines.
Box box_of_lines(const AnalysedPage& page, std::span<const std::uint32_t> lines);

}  // namespace docwright::extract
