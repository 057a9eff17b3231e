// The parameters that every operation from an Office document to PDF takes (contract/pdf-services.md, section 6; all but the
// document and its password are ours).
#pragma once

#include "core/operation.h"

namespace docwright {

enum class PdfStandardChoice { None, PdfA1b, PdfA2b, PdfA3b };

struct OfficeParameters {
    PageRange pages;
    PdfStandardChoice standard = PdfStandardChoice::None;
    bool universal_access = false;
    bool tagged = true;
    bool single_page_sheets = false;
};

inline constexpr Choice<PdfStandardChoice> kPdfStandards[] = {{"NONE", PdfStandardChoice::None},
                                                              {"PDF/A-1b", PdfStandardChoice::PdfA1b},
                                                              {"PDF/A-2b", PdfStandardChoice::PdfA2b},
                                                              {"PDF/A-3b", PdfStandardChoice::PdfA3b}};

inline std::vector<Field<OfficeParameters>> office_fields() {
    return {page_range(&OfficeParameters::pages),
            choice("pdfStandard", &OfficeParameters::standard, kPdfStandards, "Standard for archiving that the PDF keeps (ISO 19005)."),
            flag("pdfUa", &OfficeParameters::universal_access, false, "Keeps PDF/UA-1 (ISO 14289): tagged, with a title."),
            flag("tagged", &OfficeParameters::tagged, true, "Keeps headings, lists and tables as tags for assistive programs.")};
}

}  // namespace docwright
