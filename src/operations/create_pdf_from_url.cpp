// pdf-from-url: a page of the web as a browser prints it (contract/pdf-services.md, 6.1). It has no input document.
#include "operations/all.h"
#include "operations/web/page_settings.h"

#ifdef DOCWRIGHT_ENGINE
#include "operations/web/print_page.h"
#endif

namespace docwright {
namespace {

std::vector<Field<PageParams>> fields() {
    std::vector<Field<PageParams>> fields = page_fields();
    fields.insert(fields.begin(),
                  required_url("url", &PageParams::url, "Address of the page: http or https, and public unless the operator allows more."));
    return fields;
}

#ifdef DOCWRIGHT_ENGINE
Result<TaskResult> run(const PageParams& params, TaskFiles& files, Progress& progress) {
    return print_page({.address = params.url}, params, files, progress);
}
#endif

}  // namespace

const Operation create_pdf_from_url = {
    .name = "pdf-from-url",
    .route = "POST /documents/create/pdf-from-url",
    .title = "Create a PDF from a web page",
    .group = "Create",
    .summary =
        "Loads a page and prints it. Scripts run; no cookies or credentials are sent; every request, redirects too, must lead to a "
        "public address.",
    .inputs = {},
    .result = Format::Pdf,
    .result_in_task = true,
    .engine = Engine::Web,
    .credits = 1,
    .pure = false,
    .expected_seconds = 10,
    .tool_name = "pdf_from_url",
    .example = R"({"url": "https://example.org/", "pageMode": "MULTIPLE_PAGE"})",
    .body = typed<PageParams>(fields(), BODY(run)),
};

}  // namespace docwright
