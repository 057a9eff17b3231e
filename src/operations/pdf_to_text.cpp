// pdf-to-text: the text of a PDF in reading order, columns one after the other (contract/pdf-services.md, section 7).
#include "operations/all.h"

#ifdef DOCWRIGHT_ENGINE
#include "engines/pdf/document.h"
#include "extract/deliver.h"
#endif

namespace docwright {
namespace {

struct Params {
    PageRange pages;
};

#ifdef DOCWRIGHT_ENGINE
Result<TaskResult> run(const Params& params, TaskFiles& files, Progress& progress) {
    const TaskInput& input = files.inputs[0];
    const std::unique_ptr<extract::PageSource> source = TRY(pdf::open_pdf(input.bytes, input.password));
    extract::ExtractionOrder order{.scratch = files.scratch, .attempt = files.attempt};
    order.pages = TRY(pages_of(params.pages, source->facts().page_count));
    order.options.renditions = extract::Renditions::None;
    order.facts = {.file_name = input.file_name, .file_sha256 = input.sha256, .analysis_time = files.input_time};
    const auto report = [&progress](int done, int total) { progress.report(done, total); };
    const std::unique_ptr<extract::Extraction> extraction = TRY(extract::extract_structure(*source, order, report));
    TRY(extract::deliver(*extraction, extract::ResultForm::Text, files.output));
    return TaskResult{.format = Format::Text};
}
#endif

}  // namespace

const Operation pdf_to_text = {
    .name = "pdf-to-text",
    .route = "POST /documents/convert/pdf-to-text",
    .title = "PDF to text",
    .group = "Convert",
    .summary = "Gives the text of a PDF in reading order, as UTF-8. Columns come one after the other, table cells are apart by tabs.",
    .inputs = {{.field = "documentId", .formats = {Format::Pdf}}},
    .result = Format::Text,
    .engine = Engine::Pdf,
    .credits = 1,
    .expected_seconds = 3,
    .tool_name = "pdf_to_text",
    .example = R"({"documentId": "doc-1", "pageRange": "1-3"})",
    .body = typed<Params>({page_range(&Params::pages)}, BODY(run)),
};

}  // namespace docwright
