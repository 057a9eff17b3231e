// pdf-from-ppt: a PDF of a presentation, one page a slide (contract/pdf-services.md, section 6).
#include "operations/all.h"
#include "operations/office/parameters.h"

#ifdef DOCWRIGHT_ENGINE
#include "operations/office/pdf_from_office.h"
#endif

namespace docwright {

const Operation create_pdf_from_ppt = {
    .name = "pdf-from-ppt",
    .route = "POST /documents/create/pdf-from-ppt",
    .title = "PowerPoint to PDF",
    .group = "Create",
    .summary =
        "Makes a PDF of a presentation (ppt, pptx, pptm, pps, ppsx, odp), one page a slide, animations as they end. Hidden slides are "
        "left out.",
    .inputs = {{.field = "documentId", .formats = {Format::PowerPoint}}},
    .result = Format::Pdf,
    .result_in_task = true,
    .engine = Engine::Office,
    .credits = 1,
    .expected_seconds = 2,
    .tool_name = "pdf_from_ppt",
    .example = R"({"documentId": "doc-1"})",
    .body = typed<OfficeParameters>(office_fields(), BODY(pdf_from_office)),
};

}  // namespace docwright
