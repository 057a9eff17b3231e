// Levels of headings: the styles of all headings of the document in order of their weight, corrected by section numbers, outline
// and tags, and made dense; and the title among them. Fails: never. Cost: O(n log n) in headings.
#pragma once

#include <cstddef>
#include <vector>

#include "extract/classify/headings.h"
#include "extract/page/summary.h"

namespace docwright::extract {

struct LevelledHead {
    std::size_t page = 0;
    const HeadCandidate* candidate = nullptr;
    int outline_level = 0;  // of the bookmark with this text, 0: none
    double score = 0;
    bool title = false;
    int level = 0;
};

// Fills `title` and `level`. The heads come in reading order.
void give_levels(std::vector<LevelledHead>& heads, const HeadingInput& input);

}  // namespace docwright::extract
