// pdf-from-html: an uploaded web page as a browser prints it (contract/pdf-services.md, 6.1).
#include "operations/all.h"
#include "operations/web/page_settings.h"

#ifdef DOCWRIGHT_ENGINE
#include "engines/web/uploaded_page.h"
#include "operations/web/print_page.h"
#endif

namespace docwright {
namespace {

#ifdef DOCWRIGHT_ENGINE
Result<TaskResult> run(const PageParams& params, TaskFiles& files, Progress& progress) {
    web::UploadedPage page = TRY(web::read_upload(files.inputs.at(0).bytes));
    return print_page(std::move(page.source), params, files, progress);
}
#endif

}  // namespace

const Operation create_pdf_from_html = {
    .name = "pdf-from-html",
    .route = "POST /documents/create/pdf-from-html",
    .title = "Create a PDF from HTML",
    .group = "Create",
    .summary =
        "Prints an HTML file, or a ZIP with one HTML file and what it refers to. Scripts run, CSS for print applies, links, outline "
        "and structure are kept; from elsewhere only public http and https addresses are loaded.",
    .inputs = {{.field = "documentId", .formats = {Format::Html, Format::Zip}}},
    .result = Format::Pdf,
    .result_in_task = true,
    .engine = Engine::Web,
    .credits = 1,
    .expected_seconds = 2,
    .tool_name = "pdf_from_html",
    .example = R"({"documentId": "doc-1", "dimension": {"width": 595, "height": 842}, "pageMode": "MULTIPLE_PAGE"})",
    .body = typed<PageParams>(page_fields(), BODY(run)),
};

}  // namespace docwright
