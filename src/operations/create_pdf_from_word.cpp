// pdf-from-word: a PDF of a Word, RTF, WordPerfect or OpenDocument text (contract/pdf-services.md, section 6).
#include "operations/all.h"
#include "operations/office/parameters.h"

#ifdef DOCWRIGHT_ENGINE
#include "operations/office/pdf_from_office.h"
#endif

namespace docwright {

const Operation create_pdf_from_word = {
    .name = "pdf-from-word",
    .route = "POST /documents/create/pdf-from-word",
    .aliases = {"POST /documents/create/pdf-from-rtf"},
    .title = "Word to PDF",
    .group = "Create",
    .summary =
        "Makes a PDF of a Word document (doc, docx, docm, dot, dotx, dotm), of RTF, WordPerfect or OpenDocument text. Macros never run, "
        "nothing is fetched. Fonts that are not installed are replaced and named in the result.",
    .inputs = {{.field = "documentId", .formats = {Format::Word, Format::Rtf}}},
    .result = Format::Pdf,
    .result_in_task = true,
    .engine = Engine::Office,
    .credits = 1,
    .expected_seconds = 2,
    .tool_name = "pdf_from_word",
    .example = R"({"documentId": "doc-1", "pdfStandard": "PDF/A-2b"})",
    .body = typed<OfficeParameters>(office_fields(), BODY(pdf_from_office)),
};

}  // namespace docwright
