// What each text block of a page is like, before it is given a type: text, look, label, tags.
// Units: points, page space. Fails: never. Cost: linear in glyphs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "extract/page/analysed_page.h"
#include "extract/page/summary.h"
#include "extract/text/assemble.h"
#include "extract/text/labels.h"

namespace docwright::extract {

struct BlockFacts {
    std::u32string text;   // line ends as spaces, hyphens resolved
    StyleIndex style = 0;  // of most glyphs
    StyleKey key;
    double size = 0;
    std::uint32_t glyphs = 0;
    std::uint32_t letters = 0;
    std::uint32_t digits = 0;
    std::uint32_t words = 0;
    double bold_share = 0;  // of the glyphs
    double italic_share = 0;
    double mono_share = 0;
    double math_share = 0;
    double artifact_share = 0;  // marked as Artifact in a tagged file
    bool upper_case = false;    // all letters that have case, and at least a few
    bool starts_lower = false;
    bool ends_sentence = false;
    bool ends_hyphen = false;
    bool raised_start = false;  // begins with a superscript
    bool caption_like = false;  // "Figure 3: …", "Table 2 …"
    bool key_value = false;     // "Label: value"
    bool leaders = false;       // "… ........ 12"
    std::optional<Label> label;
    std::u32string section;  // printed section number ("2.1", "IV", "Chapter 3"), empty if none
    int section_depth = 0;   // parts of it, 0: none
    std::string tag;         // the standard role of the tag around most of it, empty: none
};

StyleKey key_of(const TextStyle& style);

// One entry per block; of tables and figures only defaults.
std::vector<BlockFacts> facts_of_blocks(const AnalysedPage& page, std::span<const FontFacts> fonts, const WordSet& known);

// Whether the text is one of the names that captions start with, and a number.
bool starts_like_caption(std::u32string_view text);

}  // namespace docwright::extract
