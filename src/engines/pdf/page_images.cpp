#include "engines/pdf/page_images.h"

#include <cmath>

#include "base/limits.h"

namespace docwright::pdf {
namespace {

using extract::ImagePlacement;

std::string filter_name(FPDF_PAGEOBJECT object, int index) {
    char name[32] = {};
    unsigned long bytes = FPDFImageObj_GetImageFilter(object, index, name, sizeof name);
    return bytes > 0 && bytes <= sizeof name ? std::string(name) : std::string();
}

// Neither turned nor mirrored nor skewed: the first row of pixels is on top, the first column at the left.
bool is_upright(const Quad& corners) {
    constexpr double kSlack = 0.02;  // of the side
    double width = corners[1].x - corners[0].x, height = corners[3].y - corners[0].y;
    return width > 0 && height > 0 && std::abs(corners[1].y - corners[0].y) <= kSlack * width &&
           std::abs(corners[3].x - corners[0].x) <= kSlack * height;
}

}  // namespace

void read_image(const PageObject& object, std::uint32_t paint_order, FPDF_PAGE page, extract::PageFacts& facts, Painted& painted) {
    FS_MATRIX m{};
    if (!FPDFPageObj_GetMatrix(object.handle, &m)) return;
    // The unit square carries the image, its first row at the top (ISO 32000-2, 8.9.5.1).
    Affine to_page = followed({m.a, m.b, m.c, m.d, m.e, m.f}, object.to_page);
    ImagePlacement image;
    image.corners = {to_page.at(0, 1), to_page.at(1, 1), to_page.at(1, 0), to_page.at(0, 0)};
    image.box = shared(mapped(to_page, 0, 0, 1, 1), object.clip);
    if (image.box.empty()) return;
    image.upright = is_upright(image.corners);
    image.marked_content = object.marked_content;
    image.paint_order = paint_order;
    image.object = paint_order;
    FPDF_IMAGEOBJ_METADATA metadata{};
    if (FPDFImageObj_GetImageMetadata(object.handle, page, &metadata)) {
        image.pixel_width = static_cast<int>(metadata.width);
        image.pixel_height = static_cast<int>(metadata.height);
        image.mask = metadata.bits_per_pixel == 1 && metadata.colorspace == FPDF_COLORSPACE_UNKNOWN;
    }
    bool one_filter = FPDFImageObj_GetImageFilterCount(object.handle) == 1;
    bool simple_colors = metadata.colorspace == FPDF_COLORSPACE_DEVICEGRAY || metadata.colorspace == FPDF_COLORSPACE_DEVICERGB ||
                         metadata.colorspace == FPDF_COLORSPACE_CALGRAY || metadata.colorspace == FPDF_COLORSPACE_CALRGB ||
                         (metadata.colorspace == FPDF_COLORSPACE_ICCBASED && metadata.bits_per_pixel <= 24);
    bool opaque = FPDFPageObj_HasTransparency(object.handle) == 0;
    image.plain_jpeg = one_filter && simple_colors && opaque && filter_name(object.handle, 0) == "DCTDecode";
    painted.areas.push_back(
        {image.box, 0x808080, false, opaque && !image.mask && image.upright, static_cast<int>(facts.images.size()), paint_order});
    facts.images.push_back(image);
}

std::string raw_image_bytes(FPDF_PAGEOBJECT object) {
    unsigned long size = FPDFImageObj_GetImageDataRaw(object, nullptr, 0);
    std::string bytes(size, '\0');
    if (size) bytes.resize(FPDFImageObj_GetImageDataRaw(object, bytes.data(), size));
    return bytes;
}

}  // namespace docwright::pdf
