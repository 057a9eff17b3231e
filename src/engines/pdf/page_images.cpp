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

// PDFium decodes a JPEG 2000 or JBIG2 image whole to tell its colours, so those are not asked.
bool is_costly(const std::string& filter) { return filter == "JPXDecode" || filter == "JBIG2Decode"; }

void read_coding(FPDF_PAGEOBJECT object, FPDF_PAGE page, bool opaque, ImagePlacement& image) {
    int filter_count = FPDFImageObj_GetImageFilterCount(object);
    std::string filter = filter_count > 0 ? filter_name(object, filter_count - 1) : "";
    FPDF_IMAGEOBJ_METADATA metadata{};
    if (is_costly(filter) || !FPDFImageObj_GetImageMetadata(object, page, &metadata)) return;
    image.mask = metadata.bits_per_pixel == 1 && metadata.colorspace == FPDF_COLORSPACE_UNKNOWN;
    bool simple_colors = metadata.colorspace == FPDF_COLORSPACE_DEVICEGRAY || metadata.colorspace == FPDF_COLORSPACE_DEVICERGB ||
                         metadata.colorspace == FPDF_COLORSPACE_CALGRAY || metadata.colorspace == FPDF_COLORSPACE_CALRGB ||
                         (metadata.colorspace == FPDF_COLORSPACE_ICCBASED && metadata.bits_per_pixel <= 24);
    image.plain_jpeg = filter_count == 1 && filter == "DCTDecode" && simple_colors && opaque;
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
    unsigned width = 0, height = 0;
    if (FPDFImageObj_GetImagePixelSize(object.handle, &width, &height)) {
        image.pixel_width = static_cast<int>(std::min(width, static_cast<unsigned>(INT32_MAX)));
        image.pixel_height = static_cast<int>(std::min(height, static_cast<unsigned>(INT32_MAX)));
    }
    bool opaque = FPDFPageObj_HasTransparency(object.handle) == 0;
    read_coding(object.handle, page, opaque, image);
    painted.areas.push_back(
        {image.box, 0x808080, false, 1, opaque && !image.mask && image.upright, static_cast<int>(facts.images.size()), paint_order});
    facts.images.push_back(image);
}

bool is_opaque_image(FPDF_DOCUMENT document, FPDF_PAGE page, FPDF_PAGEOBJECT object) {
    BitmapHandle bitmap(FPDFImageObj_GetRenderedBitmap(document, page, object));
    if (!bitmap) return false;
    if (FPDFBitmap_GetFormat(bitmap.get()) != FPDFBitmap_BGRA) return true;
    int width = FPDFBitmap_GetWidth(bitmap.get()), height = FPDFBitmap_GetHeight(bitmap.get()), stride = FPDFBitmap_GetStride(bitmap.get());
    const auto* buffer = static_cast<const std::uint8_t*>(FPDFBitmap_GetBuffer(bitmap.get()));
    // The outermost pixels are blended with what is outside.
    for (int y = 1; y + 1 < height; ++y) {
        const std::uint8_t* row = buffer + std::ptrdiff_t{stride} * y;
        for (int x = 1; x + 1 < width; ++x) {
            if (row[4 * x + 3] < 250) return false;
        }
    }
    return true;
}

std::string raw_image_bytes(FPDF_PAGEOBJECT object) {
    unsigned long size = FPDFImageObj_GetImageDataRaw(object, nullptr, 0);
    std::string bytes(size, '\0');
    if (size) bytes.resize(FPDFImageObj_GetImageDataRaw(object, bytes.data(), size));
    return bytes;
}

}  // namespace docwright::pdf
