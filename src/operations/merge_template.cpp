// merge-template: a Word template and its values → the filled document (contract/docgen.md, 4 to 11).
#include "operations/all.h"
#include "operations/docgen/parameters.h"

#ifdef DOCWRIGHT_ENGINE
#include "operations/docgen/merging.h"
#endif

namespace docwright {
namespace {

#ifdef DOCWRIGHT_ENGINE
Result<TaskResult> run(const MergeParameters& parameters, TaskFiles& files, Progress& progress) {
    const docgen::MergeSettings settings = TRY(merge_settings(parameters, files.input_time));
    const json::value values = TRY(document_values(files.inputs.at(1).bytes));
    const docgen::WordTemplate word = TRY(open_template(files.inputs[0].bytes));
    const std::vector<std::string> warnings = TRY(fill_template(word, values, settings, files.output));
    progress.report(1, 1);
    return TaskResult{.format = Format::Word, .data = json::serialize(json::object{{"warnings", texts(warnings)}})};
}
#endif

}  // namespace

const Operation merge_template = {
    .name = "merge-template",
    .route = "",
    .title = "Fill a Word template",
    .group = "Document generation",
    .summary = "Fills a Word template with values.",
    .inputs = {{.field = "template", .formats = {Format::Word}}, {.field = "values", .formats = {Format::Json}}},
    .result = Format::Word,
    .result_in_task = true,
    .engine = Engine::Pdf,
    .credits = 1,
    .expected_seconds = 1,
    .example = R"({"missing": "empty"})",
    .body = typed<MergeParameters>(merge_fields(), BODY(run)),
};

}  // namespace docwright
