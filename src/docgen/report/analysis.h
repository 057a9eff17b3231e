// The tags of a template as a list, for people and programs that fill it (contract/docgen.md, 3). Fails: never.
#pragma once

#include <string>

#include "base/json.h"
#include "docgen/word_template.h"

namespace docwright::docgen {

struct TagList {
    std::string single_tags;  // "name,company": scalars outside of loops, in the order of the template, each once
    std::string double_tags;  // "items,items.name,items.price"
    json::array tags;         // {name, kind, text, switch, location, loop, paragraph, table, row}; what does not apply is left out
};

TagList list_tags(const WordTemplate& word);

}  // namespace docwright::docgen
