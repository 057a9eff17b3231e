// One page after pass 1: everything that pass 2 needs, without PDFium and without the other pages. It is spilled to
// scratch between the passes (extract/spill.h), so that a lost engine's successor goes on from the last page there.
#pragma once

#include <vector>

#include "extract/page/block.h"
#include "extract/page/line.h"
#include "extract/page/page_facts.h"
#include "extract/page/table.h"

namespace docwright::extract {

struct AnalysedPage {
    PageFacts facts;
    std::vector<Line> lines;  // of visible glyphs; with hiddenText "include" of hidden ones too
    std::vector<Table> tables;
    std::vector<Figure> figures;
    std::vector<Frame> frames;
    std::vector<Block> blocks;  // body, notes and furniture alike, in reading order; every line is in one block, table or figure
    int column_count = 1;       // greatest number of text columns side by side
    bool picture_only = false;  // covered by images, no usable text: a scan
};

}  // namespace docwright::extract
