// check-template: what a Word template asks for, what is wrong with it, and how it fits given values.
#include "operations/all.h"

#ifdef DOCWRIGHT_ENGINE
#include "docgen/report/analysis.h"
#include "docgen/report/values_schema.h"
#include "docgen/report/walk.h"
#include "operations/docgen/merging.h"
#endif

namespace docwright {
namespace {

struct Params {};

#ifdef DOCWRIGHT_ENGINE
json::object problem(std::string_view severity, std::string_view message) { return {{"severity", severity}, {"message", message}}; }

json::object without_program(const Error& error) {
    return {{"valid", false},
            {"problems", json::array{problem("error", error.message)}},
            {"singleTagsString", ""},
            {"doubleTagsString", ""},
            {"tags", json::array()}};
}

Status add_coverage(const docgen::WordTemplate& word, std::string_view text, json::object& report) {
    const json::value values = TRY(document_values(text));
    const docgen::Coverage coverage = docgen::coverage_of(word, values);
    json::array unfilled;
    for (const docgen::UnfilledTag& tag : coverage.unfilled) unfilled.emplace_back(docgen::path_of(tag));
    report["unfilledTags"] = std::move(unfilled);
    report["unusedValues"] = texts(coverage.unused);
    return success();
}

Result<TaskResult> run(const Params&, TaskFiles& files, Progress&) {
    Result<docgen::WordTemplate> opened = open_template(files.inputs.at(0).bytes);
    if (!opened.ok()) {
        // What is no Word file is refused; what the author can mend is told.
        const bool mendable = opened.error().fault == Fault::InvalidInput && opened.error().reason != "DAMAGED";
        if (!mendable) return opened.error();
        return TaskResult{.format = Format::Json, .data = json::serialize(without_program(opened.error()))};
    }
    const docgen::WordTemplate word = std::move(opened).take();
    json::array problems;
    for (const std::string& warning : word.warnings()) problems.push_back(problem("warning", warning));
    docgen::TagList list = docgen::list_tags(word);
    json::object report{{"valid", true},
                        {"problems", std::move(problems)},
                        {"singleTagsString", std::move(list.single_tags)},
                        {"doubleTagsString", std::move(list.double_tags)},
                        {"tags", std::move(list.tags)},
                        {"schema", docgen::values_schema(word)}};
    if (files.inputs.size() > 1) TRY(add_coverage(word, files.inputs[1].bytes, report));
    return TaskResult{.format = Format::Json, .data = json::serialize(report)};
}
#endif

}  // namespace

const Operation check_template = {
    .name = "check-template",
    .route = "",
    .title = "Check a Word template",
    .group = "Document generation",
    .summary = "Lists the tags of a Word template, its problems, the schema of its values, and how given values fit.",
    .inputs = {{.field = "template", .formats = {Format::Word}}, {.field = "values", .formats = {Format::Json}}},
    .result = Format::Json,
    .result_in_task = true,
    .engine = Engine::Pdf,
    .credits = 0,
    .expected_seconds = 1,
    .example = R"({})",
    .body = typed<Params>({}, BODY(run)),
};

}  // namespace docwright
