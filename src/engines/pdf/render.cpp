#include "engines/pdf/render.h"

#include <cmath>

#include "base/limits.h"

namespace docwright::pdf {
namespace {

using extract::Bitmap;

bool is_grey(const std::uint8_t* row, int width) {
    for (int x = 0; x < width; ++x) {
        if (row[4 * x] != row[4 * x + 1] || row[4 * x] != row[4 * x + 2]) return false;
    }
    return true;
}

// PDFium's rows of B, G, R, unused → grey or RGB.
void copy_pixels(const std::uint8_t* buffer, int stride, Bitmap& bitmap) {
    bool grey = true;
    for (int y = 0; grey && y < bitmap.height; ++y) grey = is_grey(buffer + std::ptrdiff_t{stride} * y, bitmap.width);
    bitmap.channels = grey ? 1 : 3;
    bitmap.pixels.resize(static_cast<std::size_t>(bitmap.width) * static_cast<std::size_t>(bitmap.height) *
                         static_cast<std::size_t>(bitmap.channels));
    std::uint8_t* out = bitmap.pixels.data();
    for (int y = 0; y < bitmap.height; ++y) {
        const std::uint8_t* row = buffer + std::ptrdiff_t{stride} * y;
        for (int x = 0; x < bitmap.width; ++x, row += 4) {
            if (!grey) {
                *out++ = row[2];
                *out++ = row[1];
            }
            *out++ = row[0];
        }
    }
}

}  // namespace

Result<Bitmap> render_region(FPDF_PAGE page, const PageMap& map, const Box& region, double dpi, FormDrawing* form) {
    Box box = shared(region, map.box());
    if (box.empty() || dpi <= 0) return Error{Fault::InvalidInput, "The region to draw has no area on its page."};
    double longest = std::max(box.width(), box.height());
    double scale = std::min(dpi / 72, limits::kRenderSidePixels / longest);
    Bitmap bitmap;
    bitmap.dpi = scale * 72;
    bitmap.width = std::max(1, static_cast<int>(std::lround(box.width() * scale)));
    bitmap.height = std::max(1, static_cast<int>(std::lround(box.height() * scale)));
    BitmapHandle canvas(FPDFBitmap_CreateEx(bitmap.width, bitmap.height, FPDFBitmap_BGRx, nullptr, 0));
    if (!canvas)
        return Error{Fault::LimitExceeded, "There is no memory for a picture of " + std::to_string(bitmap.width) + " × " +
                                               std::to_string(bitmap.height) + " pixels."};
    constexpr unsigned long kWhite = 0xFFFFFFFF;
    FPDFBitmap_FillRect(canvas.get(), 0, 0, bitmap.width, bitmap.height, kWhite);
    // The matrix follows PDFium's own map of the page to its size in points; ours differs from it by the user unit.
    double unit = map.width / std::max(1e-6, static_cast<double>(FPDF_GetPageWidthF(page)));
    float zoom = static_cast<float>(scale * unit);
    FS_MATRIX matrix{zoom, 0, 0, zoom, static_cast<float>(-box.left * scale), static_cast<float>(-box.top * scale)};
    FS_RECTF clip{0, 0, static_cast<float>(bitmap.width), static_cast<float>(bitmap.height)};
    FPDF_RenderPageBitmapWithMatrix(canvas.get(), page, &matrix, &clip, FPDF_ANNOT);
    auto pixels = [scale](double points) { return static_cast<int>(std::lround(points * scale)); };
    if (form) form->draw(canvas.get(), page, pixels(box.left), pixels(box.top), pixels(map.width), pixels(map.height));
    copy_pixels(static_cast<const std::uint8_t*>(FPDFBitmap_GetBuffer(canvas.get())), FPDFBitmap_GetStride(canvas.get()), bitmap);
    return bitmap;
}

}  // namespace docwright::pdf
