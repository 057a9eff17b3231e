// Boxes and regions as the contract wants them: the only place where geometry is rounded (contract/structure-info.md, 1.3 and
// 2, rule 4). Boxes grow outward to whole points, or to hundredths, and are clipped to the rounded page.
#pragma once

#include <vector>

#include "extract/output/json_text.h"
#include "extract/page/geometry.h"

namespace docwright::extract {

// What the boxes of one page need to know of it.
struct PageFrame {
    int number = 1;    // from 1
    double width = 0;  // as written: rounded
    double height = 0;
    bool decimal = false;
};
PageFrame page_frame(int page_index, double width, double height, bool decimal);

Box rounded(const Box& box, const PageFrame& page);

void write_box(JsonText& json, const Box& box, const PageFrame& page);                       // the array alone
void write_region(JsonText& json, const Box& box, const PageFrame& page, double angle = 0);  // {"page":…,"boundingBox":…}
void write_quads(JsonText& json, const std::vector<Quad>& quads);                            // two decimals, not clipped

}  // namespace docwright::extract
