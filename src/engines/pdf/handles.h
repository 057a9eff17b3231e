// Owners of PDFium's handles. Only the sources of engines/pdf/ include this file; nothing else ever calls a Close.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include "pdfium.h"

namespace docwright::pdf {

template <class Pointer, auto close>
struct Closer {
    void operator()(Pointer pointer) const noexcept { close(pointer); }
};
template <class Pointer, auto close>
using Handle = std::unique_ptr<std::remove_pointer_t<Pointer>, Closer<Pointer, close>>;

using DocumentHandle = Handle<FPDF_DOCUMENT, FPDF_CloseDocument>;
using PageHandle = Handle<FPDF_PAGE, FPDF_ClosePage>;
using TextPageHandle = Handle<FPDF_TEXTPAGE, FPDFText_ClosePage>;
using BitmapHandle = Handle<FPDF_BITMAP, FPDFBitmap_Destroy>;
using AnnotationHandle = Handle<FPDF_ANNOTATION, FPDFPage_CloseAnnot>;
using StructureHandle = Handle<FPDF_STRUCTTREE, FPDF_StructTree_Close>;

// The C interface takes keys as char*, although it only reads them.
inline char* key_of(const char* name) { return const_cast<char*>(name); }

}  // namespace docwright::pdf
