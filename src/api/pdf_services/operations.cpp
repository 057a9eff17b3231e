#include "api/pdf_services/operations.h"

#include <fmt/format.h>

#include "api/http/answers.h"
#include "api/platform/callers.h"

namespace docwright::pdf_services {
namespace {

using http::Response;

// Webhooks do not exist yet: a caller who relies on one must hear it now and not wait for ever.
Status refuse_callback(std::string_view body) {
    if (!body.contains("callbackUrl")) return success();
    json::value parsed = TRY(parse_json(body));
    const json::object* object = parsed.if_object();
    if (!object) return success();
    for (const json::object* level : {object, object->if_contains("config") ? object->at("config").if_object() : nullptr}) {
        const json::value* url = level ? level->if_contains("callbackUrl") : nullptr;
        if (url && !url->is_null() && !(url->is_string() && url->get_string().empty())) {
            return Error{Fault::InvalidInput,
                         "callbackUrl is not supported by this server yet. Poll the task, or ask with \"Prefer: wait=30\"."};
        }
    }
    return success();
}

// Trying again does not help, so this is the caller's mistake (400) and not a server that is busy (contract, 4).
Status engine_is_there(const Service& service, const Operation& operation) {
    auto missing = service.missing_engines.find(operation.engine);
    if (missing == service.missing_engines.end()) return success();
    return Error{Fault::InvalidInput,
                 fmt::format("This server cannot do {}, because it has no engine for it: {}", operation.name, missing->second)};
}

// Addresses that the fetcher would refuse whatever a name resolves to are refused here (contract, 4: "what is checked when").
Status judge_urls(const Service& service, const Operation& operation, const json::object& values) {
    if (!service.judge_url) return success();
    for (const Parameter& parameter : operation.body.parameters) {
        const json::value* url = parameter.kind == ParameterKind::Url ? values.if_contains(parameter.name) : nullptr;
        if (url) TRY(service.judge_url(url->get_string()));
    }
    return success();
}

Result<std::string> submitted(const Call& call, const Operation& operation) {
    TRY(engine_is_there(call.service, operation));
    TRY(refuse_callback(call.body));
    NewTask order{.operation = &operation};
    order.request = TRY(parse_request(operation, call.body));
    TRY(judge_urls(call.service, operation, order.request.values));
    order.idempotency_key = TRY(platform::idempotency_key(call.request));
    return call.service.core.tasks.submit(call.caller, order);
}

}  // namespace

int created_status(const Operation& operation, CreatedStatus setting) {
    if (setting == CreatedStatus::Always200) return 200;
    if (setting == CreatedStatus::Always202) return 202;
    return operation.route.starts_with("POST /documents/create/") ? 200 : 202;
}

Response submit(const Call& call, const Operation& operation) {
    Result<std::string> task = submitted(call, operation);
    if (!task.ok()) {
        Response refusal = http::refuse(task.error(), call.request.id);
        refusal.notes.operation = operation.name;
        return refusal;
    }
    Response response = http::json_answer(created_status(operation, call.service.settings.created_status), {{"taskId", task.value()}});
    response.set("Location", std::string(kBase) + "/tasks/" + task.value());
    Result<std::optional<std::int64_t>> credits = call.service.core.credits.remaining(call.caller.account);
    if (credits.ok() && credits.value()) response.set("X-Credits-Remaining", std::to_string(*credits.value()));
    response.notes.task = task.value();
    response.notes.operation = operation.name;
    return response;
}

}  // namespace docwright::pdf_services
