#include "api/platform/openapi_docgen.h"

#include <string>

#include "api/docgen/service.h"
#include "api/platform/openapi_shapes.h"

namespace docwright::platform {
namespace {

json::object text(std::string_view description) { return {{"type", "string"}, {"description", description}}; }

json::object word(std::string_view description, json::array words) {
    json::object schema = text(description);
    schema["enum"] = std::move(words);
    return schema;
}

json::object template_property() { return text("The template, a .docx of at most 4194304 bytes, as base64."); }
json::object values_property() { return {{"type", "object"}, {"description", "What the tags are filled with. May be empty."}}; }

json::object object_of(json::object properties, json::array required) {
    return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

json::object generate_request() {
    return object_of({{"base64FileString", template_property()},
                      {"documentValues", values_property()},
                      {"outputFormat", word("In any case.", {"pdf", "docx"})},
                      {"currencyCulture", text("Culture of amounts of money, such as de-DE. Default: en-US.")},
                      {"missing", word("What becomes of a tag without a value: nothing is shown, the call is refused, or the tag stays.",
                                       {"empty", "error", "keep"})},
                      {"verbose", {{"type", "boolean"}, {"default", false}, {"description", "The answer also has warnings."}}}},
                     {"base64FileString", "documentValues", "outputFormat"});
}

struct Path {
    std::string_view id, summary, description;
    json::object request;
    std::string_view answer;
};

json::object item_of(std::string_view base, Path path) {
    json::object responses;
    for (std::string_view status : {"400", "401", "403", "404", "405", "409", "429", "500", "503"})
        responses[status] = json_response("message and code say why.", "GenerationRefused");
    responses["200"] = json_response("Done.", path.answer);
    return {{"post",
             {{"operationId", path.id},
              {"tags", json::array{"Document generation"}},
              {"summary", path.summary},
              {"description", path.description},
              {"servers", json::array{json::object{{"url", base}}}},
              {"parameters", json::array{reference("parameters", "IdempotencyKey")}},
              {"requestBody", {{"required", true}, {"content", {{"application/json", {{"schema", std::move(path.request)}}}}}}},
              {"responses", std::move(responses)}}}};
}

}  // namespace

std::string docgen_base(std::string_view pdf_services_base) {
    constexpr std::string_view kPdfServices = "/pdf-services/api";
    const std::string_view host =
        pdf_services_base.ends_with(kPdfServices) ? pdf_services_base.substr(0, pdf_services_base.size() - kPdfServices.size()) : "";
    return std::string(host) + std::string(docgen_api::kPrefix) + "/api";
}

json::object docgen_paths(std::string_view base) {
    const json::object analyze = object_of({{"base64FileString", template_property()}}, {"base64FileString"});
    const json::object check =
        object_of({{"base64FileString", template_property()}, {"documentValues", values_property()}}, {"base64FileString"});
    constexpr std::string_view kGenerates = "Fills a Word template with values and answers with the document. One credit; nothing is kept.";
    json::object paths;
    paths["/GenerateDocumentBase64"] =
        item_of(base, {"generateDocument", "Generate a document", kGenerates, generate_request(), "GeneratedDocument"});
    paths["/generate"] = item_of(
        base, {"generateDocument-alias", "Generate a document (second address)", kGenerates, generate_request(), "GeneratedDocument"});
    paths["/AnalyzeDocumentBase64"] = item_of(base, {"analyzeTemplate", "List the tags of a template",
                                                     "Lists the tags of a Word template. No credits.", analyze, "TemplateTags"});
    paths["/CheckTemplate"] =
        item_of(base, {"checkTemplate", "Check a template",
                       "Lists tags, problems with their places, a JSON Schema of the values, and how given values fit. No credits.", check,
                       "TemplateReport"});
    return paths;
}

json::object docgen_schemas() {
    const json::object line{{"type", "string"}};
    const json::object lines{{"type", "array"}, {"items", line}};
    const json::object tags{{"type", "array"}, {"items", {{"type", "object"}}}};
    return {{"GeneratedDocument", object_of({{"base64FileString", text("The document, as base64.")},
                                             {"fileExtension", word("", {"pdf", "docx"})},
                                             {"message", line},
                                             {"warnings", lines}},
                                            {"base64FileString", "fileExtension", "message"})},
            {"GenerationRefused", object_of({{"base64FileString", {{"type", "null"}}},
                                             {"fileExtension", {{"type", "null"}}},
                                             {"message", line},
                                             {"code", line},
                                             {"requestId", line}},
                                            {"base64FileString", "fileExtension", "message", "code"})},
            {"TemplateTags", object_of({{"singleTagsString", text("Tags outside of loops, with commas between.")},
                                        {"doubleTagsString", text("Loops and their fields: items,items.name")},
                                        {"tags", tags},
                                        {"warnings", lines},
                                        {"message", line}},
                                       {"singleTagsString", "doubleTagsString"})},
            {"TemplateReport", object_of({{"valid", {{"type", "boolean"}}},
                                          {"problems", tags},
                                          {"tags", tags},
                                          {"schema", {{"type", "object"}, {"description", "JSON Schema of documentValues."}}},
                                          {"unfilledTags", lines},
                                          {"unusedValues", lines},
                                          {"singleTagsString", line},
                                          {"doubleTagsString", line},
                                          {"message", line}},
                                         {"valid", "problems", "tags"})}};
}

}  // namespace docwright::platform
