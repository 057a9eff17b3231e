// Where the glyphs of a page stand in the texts of its elements, and which stretch of text lies under a link or a mark.
// Units: points, page space; offsets count code points. Fails: never.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "extract/page/element.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

class AnchorIndex {
public:
    // Elements, their cells and nested paragraphs. Cost: O(n log n) in glyphs.
    AnchorIndex(const PageFacts& facts, std::span<const Element> elements);

    // The stretches of text whose glyphs have their middle in one of the quads, in the order of the elements.
    // Cost: O(log n) and the glyphs at the height of the quads.
    std::vector<Anchor> under(std::span<const Quad> quads) const;

    // The texts at the anchors, joined by a space (contract/structure-info.md, 10.5).
    std::u32string text_at(std::span<const Anchor> anchors) const;

private:
    struct Place {
        double y = 0, x = 0;
        std::uint32_t text = 0;    // index into texts_
        std::uint32_t offset = 0;  // code point
    };
    struct Text {
        Anchor where;
        const TextContent* content = nullptr;
    };
    void add(const PageFacts& facts, const TextContent& content, int element, int inner);

    std::vector<Text> texts_;
    std::vector<Place> places_;  // by y
};

}  // namespace docwright::extract
