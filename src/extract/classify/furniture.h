// Furniture of all pages: running headers and footers, page numbers, side notes.
// Told by what recurs at one height once numbers are masked, by numbers that count with the pages, by the Artifact mark of tagged
// files, and on pages that stand alone by place, white and look. Fails: never. Cost: O(n log n) in edge blocks.
// Every summary is seen twice, so that none need stay in memory: what recurs is gathered, then each page decided. In between,
// 40 bytes for an edge block.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "extract/page/context.h"
#include "extract/page/summary.h"

namespace docwright::extract {

class FurnitureFinder {
public:
    void add(const PageSummary& page);  // each once, in page order
    void settle(std::size_t page_count, const StyleKey& body);
    std::vector<FurnitureDecision> decide(const PageSummary& page) const;  // after settle(); in the order of blocks

private:
    struct Place {
        std::uint32_t page = 0;
        std::uint32_t edge = 0;  // index into PageSummary::edges
        friend auto operator<=>(const Place&, const Place&) = default;
    };
    struct SeenText {
        std::uint64_t text = 0;  // fingerprint
        float top = 0;
        Place place;
    };
    struct SeenNumber {
        bool roman = false;
        int offset = 0;  // from the page index
        Place place;
    };
    void find_repeats();
    void find_sequences();

    std::vector<SeenText> texts_;
    std::vector<SeenNumber> numbers_;
    std::vector<std::pair<Place, int>> repeats_;  // with their group; ascending
    std::vector<Place> sequences_;                // of numbers that count with the pages; ascending
    std::size_t page_count_ = 0;
    StyleKey body_;
    int groups_ = 0;
};

}  // namespace docwright::extract
