#include "engines/office/pdf_options.h"

#include "base/json.h"

namespace docwright::office {
namespace {

int pdf_version(PdfStandard standard) {
    switch (standard) {
        case PdfStandard::None: return 0;
        case PdfStandard::PdfA1b: return 1;
        case PdfStandard::PdfA2b: return 2;
        case PdfStandard::PdfA3b: return 3;
    }
    return 0;
}

}  // namespace

std::string filter_options(const PdfOptions& options) {
    json::object all;
    auto flag = [&](const char* name, bool value) { all[name] = {{"type", "boolean"}, {"value", value ? "true" : "false"}}; };
    const bool standard = options.standard != PdfStandard::None;
    flag("UseTaggedPDF", options.tagged || options.universal_access);
    flag("PDFUACompliance", options.universal_access);
    flag("ExportBookmarks", true);
    flag("ExportNotes", false);
    flag("ExportHiddenSlides", false);
    flag("SinglePageSheets", options.single_page_sheets);
    if (standard) all["SelectPdfVersion"] = {{"type", "long"}, {"value", std::to_string(pdf_version(options.standard))}};
    if (!options.pages.empty()) all["PageRange"] = {{"type", "string"}, {"value", options.pages}};
    return json::serialize(all);
}

}  // namespace docwright::office
