// From the space of a page's content to the page as shown: crop box, rotation and user unit applied, origin top left.
#pragma once

#include "engines/pdf/affine.h"
#include "engines/pdf/handles.h"

namespace docwright::pdf {

struct PageMap {
    Affine to_page;
    double left = 0;  // of the crop box, in the space of the content
    double top = 0;
    double width = 0;  // as shown
    double height = 0;
    int rotation = 0;  // the page's entry: 0, 90, 180, 270
    Box box() const { return {0, 0, width, height}; }
};

PageMap page_map(FPDF_PAGE page, double user_unit);
PageMap page_map(double left, double bottom, double right, double top, int quarter_turns, double user_unit);

}  // namespace docwright::pdf
