#include "engines/pdf/page_map.h"

namespace docwright::pdf {

PageMap page_map(FPDF_PAGE page, double user_unit) {
    FS_RECTF crop{0, 792, 612, 0};  // crop box within the media box, inherited entries included; Letter where both are broken
    FPDF_GetPageBoundingBox(page, &crop);
    return page_map(crop.left, crop.bottom, crop.right, crop.top, FPDFPage_GetRotation(page) & 3, user_unit);
}

PageMap page_map(double left, double bottom, double right, double top, int turns, double u) {
    PageMap map;
    map.left = left;
    map.top = top;
    left *= u, right *= u, top *= u, bottom *= u;
    double width = right - left, height = top - bottom;
    map.rotation = turns * 90;
    map.width = turns % 2 ? height : width;
    map.height = turns % 2 ? width : height;
    switch (turns) {
        case 0: map.to_page = {u, 0, 0, -u, -left, top}; break;
        case 1: map.to_page = {0, u, u, 0, -bottom, -left}; break;
        case 2: map.to_page = {-u, 0, 0, u, right, -bottom}; break;
        case 3: map.to_page = {0, -u, -u, 0, top, right}; break;
    }
    return map;
}

}  // namespace docwright::pdf
