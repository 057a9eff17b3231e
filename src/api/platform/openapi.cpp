#include "api/platform/openapi.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "api/http/ranges.h"
#include "api/platform/openapi_docgen.h"
#include "api/platform/openapi_shapes.h"
#include "base/hashing.h"

namespace docwright::platform {
namespace {

json::object numbers_schema(const Parameter& parameter) {
    json::object members;
    json::array required;
    for (std::string_view member : parameter.members) {
        members[member] = {{"type", "number"}, {"minimum", parameter.minimum}, {"maximum", parameter.maximum}};
        required.emplace_back(member);
    }
    json::object schema{{"type", "object"}, {"properties", std::move(members)}};
    if (parameter.all_members) schema["required"] = std::move(required);
    return schema;
}

json::object parameter_schema(const Parameter& parameter) {
    json::object schema;
    switch (parameter.kind) {
        case ParameterKind::Text: schema["type"] = "string"; break;
        case ParameterKind::Secret: schema = {{"type", "string"}, {"format", "password"}}; break;
        case ParameterKind::Choice:
            schema["type"] = "string";
            for (std::string_view word : parameter.choices)
                schema.emplace("enum", json::array()).first->value().get_array().emplace_back(word);
            break;
        case ParameterKind::Flag: schema["type"] = "boolean"; break;
        case ParameterKind::Integer:
        case ParameterKind::Number:
            schema["type"] = parameter.kind == ParameterKind::Integer ? "integer" : "number";
            if (parameter.minimum > std::numeric_limits<double>::lowest()) schema["minimum"] = parameter.minimum;
            if (parameter.maximum < std::numeric_limits<double>::max()) schema["maximum"] = parameter.maximum;
            break;
        case ParameterKind::PageRange: schema["type"] = {"string", "integer", "array"}; break;
        case ParameterKind::Url: schema = {{"type", "string"}, {"format", "uri"}}; break;
        case ParameterKind::Numbers: schema = numbers_schema(parameter); break;
        case ParameterKind::TextList: schema = {{"type", "array"}, {"items", {{"type", "string"}}}}; break;
    }
    schema["description"] = parameter.description;
    if (!parameter.default_value.is_null()) schema["default"] = parameter.default_value;
    return schema;
}

json::object request_schema(const Operation& operation) {
    json::object properties;
    json::array required;
    for (const InputSlot& slot : operation.inputs) {
        std::string formats;
        for (Format format : slot.formats) formats += (formats.empty() ? "" : ", ") + std::string(format_facts(format).name);
        properties[slot.field] = {{"type", "string"}, {"description", fmt::format("{} Formats: {}.", slot.description, formats)}};
        required.emplace_back(slot.field);
    }
    if (!operation.inputs.empty()) {
        properties["password"] = {
            {"type", "string"}, {"format", "password"}, {"description", "Opens a protected input. User or owner password."}};
    }
    for (const Parameter& parameter : operation.body.parameters) {
        properties[parameter.name] = parameter_schema(parameter);
        if (parameter.required) required.emplace_back(parameter.name);
    }
    properties["config"] = {{"type", "object"}, {"description", "Any of the options above may stand here instead; here they win."}};
    return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

json::object operation_item(const Operation& operation, std::string_view route, bool alias) {
    Result<json::value> example = parse_json(operation.example);
    json::object media{{"schema", request_schema(operation)}};
    if (example.ok()) media["example"] = example.value();
    std::string status = route.starts_with("POST /documents/create/") ? "200" : "202";
    std::string id(operation.name);
    if (alias) id += "-alias-" + std::string(route.substr(route.rfind('/') + 1));
    json::object responses = error_responses({"400", "401", "403", "404", "409", "429", "503"});
    responses[status] = json_response("The task was accepted.", "TaskCreated");
    const FormatFacts& result = format_facts(operation.result);
    std::string description = fmt::format("{} Result: {}{}. Credits: {}.", operation.summary, result.name,
                                          operation.result_in_task ? ", and the task's resultData" : "", operation.credits);
    return {{"post",
             {{"operationId", id},
              {"tags", json::array{json::value(operation.group.empty() ? std::string_view("Operations") : operation.group)}},
              {"summary", alias ? fmt::format("{} (second address)", operation.title) : std::string(operation.title)},
              {"description", description},
              {"parameters", json::array{reference("parameters", "IdempotencyKey")}},
              {"requestBody", {{"required", true}, {"content", {{"application/json", std::move(media)}}}}},
              {"responses", std::move(responses)}}}};
}

std::string_view path_of(std::string_view route) { return route.substr(std::string_view("POST ").size()); }

struct Written {
    std::string text;
    std::string etag;
};

http::Task<http::Response> answer(http::Exchange& exchange, const Written& written) {
    http::Response response;
    response.set("ETag", written.etag);
    response.set("Cache-Control", "no-cache");
    const std::string* seen = exchange.request().header("if-none-match");
    if (seen && http::etag_matches(*seen, written.etag)) {
        response.status = 304;
        co_return response;
    }
    response.set("Content-Type", "application/json");
    response.body = written.text;
    co_return response;
}

}  // namespace

json::object openapi_document(std::span<const Operation* const> operations, std::string_view server_url) {
    json::object paths = fixed_paths();
    for (const Operation* operation : operations) {
        paths[path_of(operation->route)] = operation_item(*operation, operation->route, false);
        for (std::string_view alias : operation->aliases) paths[path_of(alias)] = operation_item(*operation, alias, true);
    }
    for (auto& [path, item] : docgen_paths(docgen_base(server_url))) paths[path] = item;
    json::object shapes = components();
    for (auto& [name, schema] : docgen_schemas()) shapes["schemas"].get_object()[name] = schema;
    return {{"openapi", "3.1.0"},
            {"info",
             {{"title", "Docwright PDF Services and Document Generation"},
              {"version", DOCWRIGHT_VERSION},
              {"description",
               "PDF Services: upload a document, post an operation, poll the task, download the result. Document Generation: one call."}}},
            {"servers", json::array{json::object{{"url", server_url}}}},
            {"security", json::array{json::object{{"client_id", json::array()}, {"client_secret", json::array()}},
                                     json::object{{"api_key", json::array()}}}},
            {"paths", std::move(paths)},
            {"components", std::move(shapes)}};
}

void add_openapi_route(std::span<const Operation* const> operations, http::Router& pdf_services) {
    auto written = std::make_shared<Written>();  // shared by the copies of the handler
    written->text = json::serialize(openapi_document(operations, "/pdf-services/api"));
    written->etag = "\"" + hex(sha256(written->text)) + "\"";
    pdf_services.add({"GET", "/openapi.json", [written](http::Exchange& exchange) { return answer(exchange, *written); }});
}

}  // namespace docwright::platform
