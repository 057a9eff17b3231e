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

// PDFium decodes a JPEG 2000 or JBIG2 image whole to tell its colours, so only those of JPEG images are asked for.
bool has_plain_colors(FPDF_PAGEOBJECT object, FPDF_PAGE page) {
    FPDF_IMAGEOBJ_METADATA metadata{};
    if (!FPDFImageObj_GetImageMetadata(object, page, &metadata)) return false;
    switch (metadata.colorspace) {
        case FPDF_COLORSPACE_DEVICEGRAY:
        case FPDF_COLORSPACE_DEVICERGB:
        case FPDF_COLORSPACE_CALGRAY:
        case FPDF_COLORSPACE_CALRGB: return true;
        case FPDF_COLORSPACE_ICCBASED: return metadata.bits_per_pixel <= 24;  // not four inks
        default: return false;
    }
}

}  // namespace

void read_image(const PageObject& object, std::uint32_t paint_order, FPDF_PAGE page, const PageResources& resources,
                extract::PageFacts& facts, Painted& painted) {
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
    std::pair<int, int> size(image.pixel_width, image.pixel_height);
    image.mask = resources.stencil_images.contains(size);
    // Images of one size are not told apart: one with a mask makes all of them translucent.
    bool opaque = FPDFPageObj_HasTransparency(object.handle) == 0 && !image.mask && !resources.masked_images.contains(size);
    image.plain_jpeg = opaque && FPDFImageObj_GetImageFilterCount(object.handle) == 1 && filter_name(object.handle, 0) == "DCTDecode" &&
                       has_plain_colors(object.handle, page);
    painted.areas.push_back({image.box, 0x808080, false, 1, opaque && image.upright, paint_order});
    facts.images.push_back(image);
}

std::string raw_image_bytes(FPDF_PAGEOBJECT object) {
    unsigned long size = FPDFImageObj_GetImageDataRaw(object, nullptr, 0);
    std::string bytes(size, '\0');
    if (size) bytes.resize(FPDFImageObj_GetImageDataRaw(object, bytes.data(), size));
    return bytes;
}

Result<extract::EmbeddedImage> embedded_image(FPDF_PAGEOBJECT object) {
    extract::EmbeddedImage image;
    int filter_count = FPDFImageObj_GetImageFilterCount(object);
    std::string filter = filter_count == 1 ? filter_name(object, 0) : "";
    if (filter == "DCTDecode" || filter == "JPXDecode") {
        image.coding = filter == "DCTDecode" ? extract::EmbeddedImage::Coding::Jpeg : extract::EmbeddedImage::Coding::Jpeg2000;
        image.bytes = raw_image_bytes(object);
        return image;
    }
    unsigned width = 0, height = 0;
    FPDFImageObj_GetImagePixelSize(object, &width, &height);
    if (std::uint64_t{width} * height > limits::kImagePixels) {
        return Error{Fault::LimitExceeded,
                     "An image of " + std::to_string(width) + " × " + std::to_string(height) + " pixels is too large to be decoded."};
    }
    BitmapHandle bitmap(FPDFImageObj_GetBitmap(object));
    if (!bitmap) return Error{Fault::InvalidInput, "An image cannot be decoded."};
    int bytes_per_pixel = 0;
    switch (FPDFBitmap_GetFormat(bitmap.get())) {
        case FPDFBitmap_Gray: bytes_per_pixel = 1; break;
        case FPDFBitmap_BGR: bytes_per_pixel = 3; break;
        case FPDFBitmap_BGRx:
        case FPDFBitmap_BGRA: bytes_per_pixel = 4; break;
        default: return Error{Fault::InvalidInput, "An image cannot be decoded."};
    }
    image.pixels.width = FPDFBitmap_GetWidth(bitmap.get());
    image.pixels.height = FPDFBitmap_GetHeight(bitmap.get());
    image.pixels.channels = bytes_per_pixel == 1 ? 1 : 3;
    const auto* buffer = static_cast<const std::uint8_t*>(FPDFBitmap_GetBuffer(bitmap.get()));
    for (int y = 0; y < image.pixels.height; ++y) {
        const std::uint8_t* row = buffer + std::ptrdiff_t{FPDFBitmap_GetStride(bitmap.get())} * y;
        for (int x = 0; x < image.pixels.width; ++x, row += bytes_per_pixel) {
            for (int channel = image.pixels.channels - 1; channel >= 0; --channel) image.pixels.pixels.push_back(row[channel]);
        }
    }
    return image;
}

}  // namespace docwright::pdf
