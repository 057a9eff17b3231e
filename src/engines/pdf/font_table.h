// The fonts of a document, interned: equal facts get one index. Handles of PDFium's fonts live only as long as their page.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "engines/pdf/handles.h"
#include "engines/pdf/page_resources.h"
#include "extract/page/page_facts.h"

namespace docwright::pdf {

// What the font's dictionary says, by its name without subset prefix: asked once for each new font.
using FontLookup = std::function<FontEntry(const std::string& name)>;

class FontTable {
public:
    FontTable(std::vector<extract::FontFacts>& facts, FontLookup lookup) : facts_(facts), lookup_(std::move(lookup)) {}

    extract::FontIndex index_of(FPDF_FONT font);
    const extract::FontFacts& facts(extract::FontIndex font) const { return facts_[font]; }
    void page_closed() { by_handle_.clear(); }  // a later page's font may get the same address

    // Counts decoded characters, so that a font whose map cannot be trusted is known as such.
    void count(extract::FontIndex font, char32_t code, bool map_error);

private:
    struct Tally {
        std::uint32_t all = 0;
        std::uint32_t bad = 0;
    };
    std::vector<extract::FontFacts>& facts_;
    FontLookup lookup_;
    std::vector<Tally> tallies_;
    std::map<std::string, extract::FontIndex> by_name_;
    std::unordered_map<FPDF_FONT, extract::FontIndex> by_handle_;
};

}  // namespace docwright::pdf
