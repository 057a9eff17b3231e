// Levels of headings: the styles of all headings of the document in order of their weight, corrected by section numbers, outline
// and tags, and made dense; and the title among them. Fails: never. Cost: O(n log n) in headings.
#pragma once

#include <cstdint>
#include <vector>

namespace docwright::extract {

struct LevelledHead {
    std::uint32_t page = 0;   // index
    std::uint32_t place = 0;  // index into PageContext::heads
    double size = 0;          // points
    double top = 0;
    bool bold = false;
    bool upper_case = false;
    bool italic = false;
    int number_depth = -1;  // parts of the section number; -1: has none
    int tag_level = 0;
    int outline_level = 0;  // of the bookmark with this text, 0: none
    bool title = false;
    int level = 0;
};

// Fills `title` and `level`. The heads come in reading order. Sizes in points.
void give_levels(std::vector<LevelledHead>& heads, double body_size, double first_page_height);

}  // namespace docwright::extract
