// The engine's self-test: the probe document through PDFium.
#include "engines/pdf/handles.h"
#include "engines/pdf/kind.h"

namespace docwright::pdf {
namespace {

constexpr int kDrawnPixels = 64;

void draw(FPDF_PAGE page) {
    BitmapHandle bitmap(::FPDFBitmap_Create(kDrawnPixels, kDrawnPixels, 0));
    if (bitmap) ::FPDF_RenderPageBitmap(bitmap.get(), page, 0, 0, kDrawnPixels, kDrawnPixels, 0, 0);
}

}  // namespace

Result<std::string> read_probe(std::string_view document_bytes) {
    void* bytes = const_cast<char*>(document_bytes.data());  // only read: the table that the header is made from has no const
    DocumentHandle document(::FPDF_LoadMemDocument64(bytes, document_bytes.size(), nullptr));
    PageHandle page(document ? ::FPDF_LoadPage(document.get(), 0) : nullptr);
    TextPageHandle letters(page ? ::FPDFText_LoadPage(page.get()) : nullptr);
    if (!letters) return Error{Fault::Internal, "PDFium cannot read the probe document."};
    draw(page.get());
    std::string text;
    for (int i = 0; i < ::FPDFText_CountChars(letters.get()); ++i) text += static_cast<char>(::FPDFText_GetUnicode(letters.get(), i));
    return text;
}

}  // namespace docwright::pdf
