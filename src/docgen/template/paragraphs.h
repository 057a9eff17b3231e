// The text of a part's paragraphs, joined over runs, and the tags found in it. Word cuts a tag into many runs: for spelling,
// revisions and formatting; a value goes into the run that holds the first brace (contract/docgen.md, 4.3).
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "docgen/template/tag.h"
#include "docgen/template/xml.h"

namespace docwright::docgen {

struct PlacedTag {
    Tag tag;
    std::string text;           // as written
    std::size_t paragraph = 0;  // from 1
    std::size_t table = 0;      // token of the innermost table's start; 0: none
    std::size_t row = 0;        // token of the innermost row's start; 0: none
};

// What stands in a text element after its tags were found: texts, and places in `PartTexts::tags`.
using Segment = std::variant<std::string, std::size_t>;

struct PartTexts {
    std::vector<PlacedTag> tags;                        // in the order of the part
    std::map<std::size_t, std::vector<Segment>> edits;  // by the token that starts the text element
    std::set<std::size_t> emptied_runs;                 // tokens that start runs of which nothing is left
    std::map<std::size_t, std::string> plain;           // text of unchanged text elements in tables, by the same token
};

// `prefix` of WordprocessingML with its colon.
PartTexts read_texts(std::string_view part, const std::vector<XmlToken>& tokens, std::string_view prefix);

}  // namespace docwright::docgen
