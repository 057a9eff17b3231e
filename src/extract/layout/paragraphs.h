// The lines of one column → blocks: one paragraph, heading, item, caption or row of labels and values each.
// Judged by leading, indent, ends of lines, style, rulings and list labels; what the lines say is only asked for labels and case.
// Units: points in reading space. Holds: each line is in exactly one block; blocks and their lines keep the order of the leaf.
// Fails: never. Cost: O(n log n) in the column's lines.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "extract/layout/reading_order.h"
#include "extract/page/block.h"
#include "extract/page/line.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

struct ParagraphInput {
    const PageFacts& facts;
    std::span<const Line> lines;
    std::span<const Atom> atoms;
    std::span<const double> rules;  // places of horizontal rulings that part text, ascending
    double text_size = 0;           // of the page (text_size.h)
    bool at_page_edge = false;      // a zone of furniture: lines side by side are blocks of their own …
    double left = 0, right = 0;     // … that stand against the text of the whole page
};

// Blocks of a leaf. Boxes are still those of reading space. Tables, figures and frames are blocks of their own; the caller
// puts the frame's blocks in the frame's place (`item` is the frame's index, `frame` too).
std::vector<Block> split_paragraphs(const ParagraphInput& input, const Leaf& leaf);

}  // namespace docwright::extract
