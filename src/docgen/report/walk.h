// Goes through a template's program with the values, as a merge does, without writing anything: which tags find no value, which
// values no tag asks for (contract/docgen.md, 4.4 and 4.5). Fails: never.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "docgen/word_template.h"

namespace docwright::docgen {

struct UnfilledTag {
    std::string name;  // as in the tag
    std::string loop;  // whose item was asked first; empty: none
    bool operator==(const UnfilledTag&) const = default;
};

struct Coverage {
    std::vector<UnfilledTag> unfilled;  // in the order of the template, each once; a value of null counts as given
    std::vector<std::string> unused;    // paths, in the order of the values; of an object that is not used at all only its own
};

Coverage coverage_of(const WordTemplate& word, const json::value& values);

std::string path_of(const UnfilledTag& tag);  // "customer.name", "items.price"

}  // namespace docwright::docgen
