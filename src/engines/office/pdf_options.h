// How a PDF is to come out of LibreOffice, and the filter options that say so. LibreOffice ignores options that it does not
// understand without a word, so they are made from these values only.
#pragma once

#include <string>

namespace docwright::office {

enum class PdfStandard { None, PdfA1b, PdfA2b, PdfA3b };  // ISO 19005-1, -2, -3, level B

struct PdfOptions {
    PdfStandard standard = PdfStandard::None;
    bool universal_access = false;  // PDF/UA-1 (ISO 14289-1), which is tagged whatever `tagged` says
    bool tagged = true;
    bool single_page_sheets = false;  // every sheet of a spreadsheet on one page as large as it needs
    std::string pages = {};           // "1-3,7", all of them existing pages; empty: all
};

// JSON text for saveAs().
std::string filter_options(const PdfOptions& options);

}  // namespace docwright::office
