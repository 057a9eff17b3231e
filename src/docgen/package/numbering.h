// The lists of a document (word/numbering.xml; ECMA-376 part 1, 17.9), with those added that markup needs: one of bullets, and one
// of numbers for each list, so that each begins at 1.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace docwright::docgen {

class Numbering {
public:
    // `xml` of the part; empty: the document has none. Error: InvalidInput: not well-formed.
    static Result<Numbering> read(std::string xml, bool strict);

    int bullets();      // w:numId, the same each time
    int new_numbers();  // another one each time
    bool changed() const { return !added_.empty(); }
    std::string xml() const;

private:
    int add(bool ordered);
    std::string xml_;
    bool strict_ = false;
    int next_list_ = 1, next_definition_ = 0;
    int bullets_ = 0;          // 0: none yet
    std::vector<bool> added_;  // lists in the order of their ids: whether they have numbers
};

constexpr std::string_view kNumberingType = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml";

}  // namespace docwright::docgen
