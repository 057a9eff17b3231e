// What all pages together say: made between the passes from the summaries (extract/classify/), read by pass 2.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "extract/page/element.h"
#include "extract/page/summary.h"

namespace docwright::extract {

struct FurnitureDecision {
    std::uint32_t block = 0;  // index into AnalysedPage::blocks
    FurnitureKind kind = FurnitureKind::Header;
    int repeat_group = 0;
    std::string page_label;
};

struct HeadDecision {
    std::uint32_t block = 0;
    bool title = false;
    int level = 0;  // 1 to 6; dense over the document
    double score = 0;
};

// What the entries under a heading are: works that are cited, or words with their pages.
enum class EntrySection : std::uint8_t { None, References, Index };

struct PageContext {
    EntrySection section_at_top = EntrySection::None;  // of the last heading before this page
    std::vector<FurnitureDecision> furniture;
    std::vector<HeadDecision> heads;
    bool first_text_continues = false;  // the page's first text goes on from the page before
    Joiner joiner = Joiner::Space;
    bool last_text_continues = false;
    bool first_table_continues = false;  // its first table goes on from the page before
    int repeated_header_rows = 0;
    bool first_row_continues = false;
    bool last_table_continues = false;
};

struct DocumentContext {
    StyleKey body;  // the style that carries most glyphs
    double body_leading = 0;
    std::string language = "und";
    std::map<std::string, double> language_shares;
    std::vector<PageContext> pages;  // by page index
};

}  // namespace docwright::extract
