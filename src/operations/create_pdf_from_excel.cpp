// pdf-from-excel: a PDF of a spreadsheet, every visible sheet in its own page setup (contract/pdf-services.md, section 6).
#include "operations/all.h"
#include "operations/office/parameters.h"

#ifdef DOCWRIGHT_ENGINE
#include "operations/office/pdf_from_office.h"
#endif

namespace docwright {
namespace {

std::vector<Field<OfficeParameters>> fields() {
    std::vector<Field<OfficeParameters>> all = office_fields();
    all.push_back(flag("singlePageSheets", &OfficeParameters::single_page_sheets, false,
                       "Puts every sheet on one page as large as it needs, instead of as many pages as its print setup takes."));
    return all;
}

}  // namespace

const Operation create_pdf_from_excel = {
    .name = "pdf-from-excel",
    .route = "POST /documents/create/pdf-from-excel",
    .title = "Excel to PDF",
    .group = "Create",
    .summary =
        "Makes a PDF of a spreadsheet (xls, xlsx, xlsm, xlsb, csv, ods): every visible sheet with its print area, page setup and charts. "
        "Values are those that were saved with the document.",
    .inputs = {{.field = "documentId", .formats = {Format::Excel}}},
    .result = Format::Pdf,
    .result_in_task = true,
    .engine = Engine::Office,
    .credits = 1,
    .expected_seconds = 2,
    .tool_name = "pdf_from_excel",
    .example = R"({"documentId": "doc-1", "singlePageSheets": true})",
    .body = typed<OfficeParameters>(fields(), BODY(pdf_from_office)),
};

}  // namespace docwright
