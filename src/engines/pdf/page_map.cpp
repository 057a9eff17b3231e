#include "engines/pdf/page_map.h"

namespace docwright::pdf {

PageMap page_map(FPDF_PAGE page, double user_unit) {
    FS_RECTF crop{0, 792, 612, 0};  // crop box within the media box, inherited entries included; Letter where both are broken
    FPDF_GetPageBoundingBox(page, &crop);
    double u = user_unit;
    double width = (crop.right - crop.left) * u, height = (crop.top - crop.bottom) * u;
    double left = crop.left * u, right = crop.right * u, top = crop.top * u, bottom = crop.bottom * u;
    PageMap map;
    int turns = FPDFPage_GetRotation(page) & 3;
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
