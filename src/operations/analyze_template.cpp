// analyze-template: the tags of a Word template (contract/docgen.md, 3).
#include "operations/all.h"

#ifdef DOCWRIGHT_ENGINE
#include "docgen/report/analysis.h"
#include "operations/docgen/merging.h"
#endif

namespace docwright {
namespace {

struct Params {};

#ifdef DOCWRIGHT_ENGINE
Result<TaskResult> run(const Params&, TaskFiles& files, Progress&) {
    const docgen::WordTemplate word = TRY(open_template(files.inputs.at(0).bytes));
    docgen::TagList list = docgen::list_tags(word);
    json::object data{{"singleTagsString", std::move(list.single_tags)},
                      {"doubleTagsString", std::move(list.double_tags)},
                      {"tags", std::move(list.tags)},
                      {"warnings", texts(word.warnings())}};
    return TaskResult{.format = Format::Json, .data = json::serialize(data)};
}
#endif

}  // namespace

const Operation analyze_template = {
    .name = "analyze-template",
    .route = "",
    .title = "List the tags of a Word template",
    .group = "Document generation",
    .summary = "Lists the tags of a Word template.",
    .inputs = {{.field = "template", .formats = {Format::Word}}},
    .result = Format::Json,
    .result_in_task = true,
    .engine = Engine::Pdf,
    .credits = 0,
    .expected_seconds = 1,
    .example = R"({})",
    .body = typed<Params>({}, BODY(run)),
};

}  // namespace docwright
