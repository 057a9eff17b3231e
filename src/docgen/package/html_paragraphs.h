// Blocks of simple markup → runs and paragraphs of WordprocessingML in place of a tag, with the formatting of its run and paragraph
// where the markup says nothing else.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "docgen/package/html_blocks.h"
#include "docgen/template/rich_place.h"

namespace docwright::docgen {

// What the package gives.
struct MarkupParts {
    std::function<std::string(const std::string& address)> link;  // relationship of a hyperlink; empty: it may not be one
    std::function<int(const HtmlBlock& item)> numbering;          // w:numId of its list
};

std::string html_xml(const std::vector<HtmlBlock>& blocks, const RichPlace& place, const MarkupParts& parts);

// A hyperlink with this text in place of a tag. `relationship` empty: only the text.
std::string link_xml(const std::string& text, const std::string& relationship, const RichPlace& place);

}  // namespace docwright::docgen
