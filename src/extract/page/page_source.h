// Where pages come from: the only door between extraction and the reader of PDFs (engines/pdf/ implements it, tests may too).
// One page is open at a time; asking for another closes it, so memory stays bounded per page. Not for several threads.
// Units and origin as in page_facts.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "extract/page/document_facts.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

// Pixels row by row from the top, without padding between rows.
struct Bitmap {
    int width = 0;
    int height = 0;
    int channels = 3;  // 1: grey, 3: RGB
    double dpi = 0;    // of the page; lower than asked for when the side limit said so
    std::vector<std::uint8_t> pixels;
};

// An image as it is in the file.
struct EmbeddedImage {
    enum class Coding { Jpeg, Jpeg2000, Pixels };
    Coding coding = Coding::Pixels;
    std::string bytes;  // Jpeg, Jpeg2000: a file of that kind, untouched
    Bitmap pixels;      // Pixels: decoded, without masks; a stencil mask is black on white
};

class PageSource {
public:
    virtual ~PageSource() = default;

    // Grows while pages are read: fonts are interned when they are first seen.
    virtual const DocumentFacts& facts() const = 0;

    // Error: InvalidInput, naming the page: it cannot be read. Other pages may be.
    virtual Result<PageFacts> read_page(int page_index) = 0;

    // The page as a viewer shows it, annotations and fields included, cut to `region`. The resolution is lowered until the
    // longest side fits limits::kRenderSidePixels. Grey when no pixel has a colour.
    // Error: InvalidInput: no such page, or a region without area on it.
    virtual Result<Bitmap> render(int page_index, const Box& region, double dpi) = 0;

    // The JPEG file inside an image that says plain_jpeg, untouched. `object` is ImagePlacement::object.
    virtual Result<std::string> jpeg_bytes(int page_index, std::uint32_t object) = 0;

    // Any image. Error: LimitExceeded above limits::kImagePixels, InvalidInput if it cannot be decoded.
    virtual Result<EmbeddedImage> embedded_image(int page_index, std::uint32_t object) = 0;
};

}  // namespace docwright::extract
