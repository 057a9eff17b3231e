// Simple markup (contract/docgen.md, 10: b i u br p ul ol li a span) → blocks of text with marks. Also strong, em, s, headings and
// div, which people paste along; of any other element only the text stays, of script and style nothing. Any bytes.
// Fails: never; what is not closed ends at the end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace docwright::docgen {

struct HtmlStyle {
    bool bold = false, italic = false, underline = false, strike = false;
    std::string color = {};  // "FF0000"; empty: as around
    double size = 0;         // points; 0: as around
    std::string link = {};   // as written
    bool operator==(const HtmlStyle&) const = default;
};

struct HtmlRun {
    std::string text;  // UTF-8; '\n' is a line break
    HtmlStyle style;
};

struct HtmlBlock {
    bool item = false;     // of a list
    bool ordered = false;  // of a numbered one
    int level = 0;         // of the list, from 0
    int list = 0;          // number of the list, from 0: each numbered one begins at 1
    std::vector<HtmlRun> runs;
};

std::vector<HtmlBlock> html_blocks(std::string_view html);

}  // namespace docwright::docgen
