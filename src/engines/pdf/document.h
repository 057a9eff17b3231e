// A PDF as a source of pages: PDFium for content and pixels, qpdf where PDFium cannot say it.
// The process holds a pdf::Library (library.h) while documents are open.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "extract/page/page_source.h"

namespace docwright::pdf {

// `bytes` must outlive the document. An empty password is none.
// Errors, by reason: PASSWORD_REQUIRED, PASSWORD_WRONG, NOT_PDF, DAMAGED, NO_PAGES, UNSUPPORTED_SECURITY (InvalidInput),
// TOO_MANY_PAGES (LimitExceeded).
Result<std::unique_ptr<extract::PageSource>> open_pdf(std::string_view bytes, std::string_view password);

}  // namespace docwright::pdf
