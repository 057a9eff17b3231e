// Title and headings of a document: which candidates are headings, and their levels, from the styles of the whole document,
// section numbers, outline and tags. Fails: never. Cost: O(n log n) in candidates. Memory: 64 bytes for a heading.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "extract/classify/heading_levels.h"
#include "extract/page/context.h"
#include "extract/page/document_facts.h"
#include "extract/page/summary.h"

namespace docwright::extract {

struct HeadingInput {
    const DocumentFacts& document;
    StyleKey body;
    double body_leading = 0;
    std::map<StyleKey, double> shares;  // of the document's glyphs
};

// What stands under a heading with these words.
EntrySection section_under(std::u32string_view heading);

class HeadingFinder {
public:
    explicit HeadingFinder(HeadingInput input);
    ~HeadingFinder();

    // Each page once, in order, its furniture decided: adds its headings, without title and level, to its context.
    void add(const PageSummary& page, PageContext& context);
    // Then, for all. Levels are dense: no head is deeper than the one before it plus one.
    void give_levels(std::span<PageContext> pages);

private:
    struct Judge;
    std::unique_ptr<Judge> judge_;
    std::vector<LevelledHead> heads_;  // in reading order
    double first_page_height_ = 0;
    EntrySection section_ = EntrySection::None;  // under the last heading
};

}  // namespace docwright::extract
