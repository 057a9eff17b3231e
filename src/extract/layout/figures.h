// Figures: clusters of images and drawings that belong together, with the text inside them.
// Pictures behind running text, page backgrounds and specks are no figures; `behind_text` and the caller's accounts keep them.
// Units: points, page space. Holds: each image is in one figure at most; each line is in one figure at most.
// Fails: never. Cost: O(n log n) but for pictures that overlap in x, which are few.
#pragma once

#include <span>
#include <vector>

#include "extract/page/block.h"
#include "extract/page/line.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

struct FigureFinds {
    std::vector<Figure> figures;
    std::vector<bool> in_flow;   // per figure: takes a place of its own; else it lies behind or within text
    std::vector<int> figure_of;  // per line: index of the figure it is a label of, or -1
    bool picture_only = false;   // images cover the page and there is no text to speak of
};

// `free_lines`: per line, whether it is in no table.
FigureFinds find_figures(const PageFacts& facts, std::span<const Line> lines, const std::vector<bool>& free_lines,
                         std::span<const Box> tables);

}  // namespace docwright::extract
