#include "api/platform/openapi_shapes.h"

#include <array>
#include <string>

namespace docwright::platform {
namespace {

struct ErrorShape {
    std::string_view status;
    std::string_view description;
};
constexpr std::array<ErrorShape, 11> kErrors = {{
    {"400", "VALIDATION_ERROR: the message names the key, what is allowed and what came."},
    {"401", "UNAUTHORIZED: a credential header is missing or wrong."},
    {"403", "INSUFFICIENT_CREDITS or FORBIDDEN."},
    {"404", "DOCUMENT_NOT_FOUND or TASK_NOT_FOUND: unknown, expired, or of another account."},
    {"409", "IDEMPOTENCY_CONFLICT: the key was used with another body."},
    {"410", "SHARE_EXPIRED."},
    {"413", "MAX_UPLOAD_SIZE_EXCEEDED: more than 104857600 bytes."},
    {"416", "RANGE_NOT_SATISFIABLE."},
    {"429", "RATE_LIMIT_EXCEEDED: see Retry-After."},
    {"500", "STORAGE_ERROR or INTERNAL_SERVER_ERROR."},
    {"503", "SERVICE_UNAVAILABLE: see Retry-After."},
}};

json::object text_parameter(std::string_view name, std::string_view where, bool required, std::string_view description) {
    return {{"name", name}, {"in", where}, {"required", required}, {"description", description}, {"schema", {{"type", "string"}}}};
}

json::array id_parameter(std::string_view what) { return json::array{text_parameter("id", "path", true, what)}; }

json::object bytes_response() {
    json::object binary{{"schema", {{"type", "string"}, {"format", "binary"}}}};
    return {{"description", "The bytes of the document."}, {"content", {{"*/*", std::move(binary)}}}};
}

json::object with(json::object responses, std::string_view status, json::object response) {
    responses[status] = std::move(response);
    return responses;
}

json::object upload_path() {
    json::object file{{"type", "object"}, {"required", {"file"}}, {"properties", {{"file", {{"type", "string"}, {"format", "binary"}}}}}};
    return {
        {"post",
         {{"operationId", "upload"},
          {"tags", json::array{"Documents"}},
          {"summary", "Upload a document"},
          {"parameters", json::array{reference("parameters", "IdempotencyKey")}},
          {"requestBody", {{"required", true}, {"content", {{"multipart/form-data", {{"schema", std::move(file)}}}}}}},
          {"responses", with(error_responses({"400", "401", "413", "500", "503"}), "200", json_response("Stored.", "DocumentCreated"))}}}};
}

json::object download_path() {
    json::array parameters = id_parameter("Id of an uploaded or produced document.");
    parameters.push_back(text_parameter("filename", "query", false, "Name for the download."));
    parameters.push_back(text_parameter("Range", "header", false, "One range of bytes."));
    json::object responses = with(error_responses({"401", "404", "416"}), "200", bytes_response());
    responses["206"] = bytes_response();
    responses["304"] = {{"description", "The tag of If-None-Match is current."}};
    return {{"get",
             {{"operationId", "download"},
              {"tags", json::array{"Documents"}},
              {"summary", "Download a document"},
              {"parameters", std::move(parameters)},
              {"responses", std::move(responses)}}}};
}

json::object delete_path() {
    return {{"delete",
             {{"operationId", "delete"},
              {"tags", json::array{"Documents"}},
              {"summary", "Delete a document for good"},
              {"parameters", id_parameter("Id of an uploaded or produced document.")},
              {"responses", with(error_responses({"401", "404"}), "200", json_response("Deleted.", "DocumentDeleted"))}}}};
}

json::object share_path() {
    json::object order{{"type", "object"},
                       {"properties",
                        {{"expirationMinutes", {{"type", "integer"}, {"minimum", 10}, {"maximum", 1440}, {"default", 30}}},
                         {"filename", {{"type", "string"}, {"description", "Name for the download."}}}}}};
    json::array parameters = id_parameter("Id of an uploaded or produced document.");
    parameters.push_back(reference("parameters", "IdempotencyKey"));
    return {{"post",
             {{"operationId", "share"},
              {"tags", json::array{"Documents"}},
              {"summary", "Make a link that works without credentials"},
              {"parameters", std::move(parameters)},
              {"requestBody", {{"required", false}, {"content", {{"application/json", {{"schema", std::move(order)}}}}}}},
              {"responses", with(error_responses({"400", "401", "404", "409"}), "200", json_response("The link.", "ShareLink"))}}}};
}

json::object shared_path() {
    json::array parameters{text_parameter("token", "path", true, "From the share link."),
                           text_parameter("view", "query", false, "1: a PDF is shown in place instead of saved.")};
    return {{"get",
             {{"operationId", "sharedDownload"},
              {"tags", json::array{"Documents"}},
              {"summary", "Download by share link"},
              {"security", json::array()},
              {"parameters", std::move(parameters)},
              {"responses", with(error_responses({"404", "410", "416"}), "200", bytes_response())}}}};
}

json::object task_path() {
    json::array parameters = id_parameter("Id of a task.");
    parameters.push_back(
        text_parameter("Prefer", "header", false, "wait=N holds the answer up to N seconds (30 at most) until the task has ended."));
    return {{"get",
             {{"operationId", "getTask"},
              {"tags", json::array{"Tasks"}},
              {"summary", "State of a task"},
              {"parameters", std::move(parameters)},
              {"responses", with(error_responses({"401", "404"}), "200", json_response("The task.", "Task"))}}},
            {"delete",
             {{"operationId", "cancelTask"},
              {"tags", json::array{"Tasks"}},
              {"summary", "Cancel a task"},
              {"parameters", id_parameter("Id of a task.")},
              {"responses", with(error_responses({"401", "404"}), "200", json_response("The task as it is now.", "Task"))}}}};
}

json::object object_schema(std::initializer_list<std::string_view> required, json::object properties) {
    json::array names;
    for (std::string_view name : required) names.emplace_back(name);
    return {{"type", "object"}, {"required", std::move(names)}, {"properties", std::move(properties)}};
}

json::object schemas() {
    const json::object text{{"type", "string"}};
    const json::object moment{{"type", "string"}, {"format", "date-time"}};
    json::object error = object_schema({"code", "message"}, {{"code", text}, {"message", text}, {"details", {{"type", "object"}}}});
    json::object task = object_schema({"taskId", "status", "progress", "createdAt", "updatedAt"},
                                      {{"taskId", text},
                                       {"status", {{"type", "string"}, {"enum", {"PENDING", "IN_PROGRESS", "COMPLETED", "FAILED"}}}},
                                       {"progress", {{"type", "integer"}, {"minimum", 0}, {"maximum", 100}}},
                                       {"resultDocumentId", text},
                                       {"resultData", {{"type", "object"}}},
                                       {"error", std::move(error)},
                                       {"createdAt", moment},
                                       {"updatedAt", moment}});
    return {{"DocumentCreated", object_schema({"documentId"}, {{"documentId", text}})},
            {"DocumentDeleted", object_schema({"documentId", "deleted"}, {{"documentId", text}, {"deleted", {{"type", "boolean"}}}})},
            {"TaskCreated", object_schema({"taskId"}, {{"taskId", text}})},
            {"Task", std::move(task)},
            {"ShareLink", object_schema({"shareUrl", "token", "expiresAt"},
                                        {{"shareUrl", {{"type", "string"}, {"format", "uri"}}}, {"token", text}, {"expiresAt", moment}})},
            {"Error", object_schema({"code", "message"}, {{"code", text}, {"message", text}, {"requestId", text}})}};
}

json::object header_scheme(std::string_view name) { return {{"type", "apiKey"}, {"in", "header"}, {"name", name}}; }

}  // namespace

json::object reference(std::string_view kind, std::string_view name) {
    return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

json::object json_response(std::string_view description, std::string_view schema) {
    return {{"description", description}, {"content", {{"application/json", {{"schema", reference("schemas", schema)}}}}}};
}

json::object error_responses(std::initializer_list<std::string_view> statuses) {
    json::object out;
    for (std::string_view status : statuses) out[status] = reference("responses", "Error" + std::string(status));
    return out;
}

json::object fixed_paths() {
    return {{"/documents/upload", upload_path()}, {"/documents/{id}/download", download_path()},
            {"/documents/{id}", delete_path()},   {"/documents/{id}/share", share_path()},
            {"/share/{token}", shared_path()},    {"/tasks/{id}", task_path()}};
}

json::object components() {
    json::object responses;
    for (const ErrorShape& error : kErrors) responses["Error" + std::string(error.status)] = json_response(error.description, "Error");
    json::object key = text_parameter("Idempotency-Key", "header", false,
                                      "Repeating the request with the same key and body within 24 hours gives the same answer.");
    return {{"schemas", schemas()},
            {"responses", std::move(responses)},
            {"parameters", {{"IdempotencyKey", std::move(key)}}},
            {"securitySchemes",
             {{"client_id", header_scheme("client_id")},
              {"client_secret", header_scheme("client_secret")},
              {"api_key", header_scheme("x-api-key")}}}};
}

}  // namespace docwright::platform
