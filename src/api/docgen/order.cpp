#include "api/docgen/order.h"

#include <fmt/format.h>

#include "api/docgen/answers.h"
#include "api/docgen/engine_work.h"
#include "api/http/answers.h"
#include "api/platform/callers.h"
#include "base/ascii.h"
#include "base/hash_file.h"
#include "operations/all.h"

namespace docwright::docgen_api {
namespace {

using http::Response;

Result<std::string> extension_of(std::string_view format) {
    for (std::string_view known : {"pdf", "docx"}) {
        if (same_word(format, known)) return std::string(known);
    }
    if (format.empty()) return Error{Fault::InvalidInput, "outputFormat is required: pdf or docx."};
    return Error{Fault::InvalidInput, fmt::format("outputFormat must be pdf or docx, not \"{}\".", format)};
}

Result<json::object> merge_parameters(const GivenBody& body) {
    json::object given;
    if (!body.currency_culture.empty()) given["currencyCulture"] = body.currency_culture;
    if (!body.missing.empty()) given["missing"] = body.missing;
    return parse_values(merge_template, given);
}

// Trying again does not help, so this is a 400 as on the other wire.
Status can_make(const Service& service, const Order& order) {
    const Engine needed = order.extension == "pdf" ? Engine::Office : Engine::Pdf;
    const auto missing = service.missing_engines.find(needed);
    if (missing == service.missing_engines.end()) return success();
    return Error{Fault::InvalidInput,
                 fmt::format("This server cannot make this document, because it has no engine for it: {}", missing->second)};
}

Result<BegunGeneration> begun(Service& service, const Caller& caller, const http::Request& request, const Order& order,
                              std::string_view values_sha256) {
    NewGeneration generation{.operation = std::string(operation_name(Kind::Generate)), .template_sha256 = order.template_sha256};
    generation.idempotency_key = TRY(platform::idempotency_key(request));
    generation.request_sha256 = hex(sha256(fmt::format("{}\n{}\n{}\n{}\n{}", order.template_sha256, values_sha256, order.extension,
                                                       sorted_json(order.parameters), order.verbose)));
    return service.core.generations.begin(caller, generation);
}

// A document and its answer; the log has its record before the caller has the document.
Result<Response> generate(Service& service, const Caller& caller, const Order& order) {
    GeneratedFacts facts{.bytes_in = order.bytes_in};
    Microseconds time = order.begun.time;
    for (;;) {
        Result<GeneratedFile> made = make_document(service, caller, order, time);
        if (!made.ok()) {
            if (made.error().fault != Fault::Unavailable) TRY(service.core.generations.fail(caller, order.begun, made.error(), facts));
            return made.error();
        }
        Sha256Stream hash;
        facts.bytes_out = hash_file(hash, made.value().file.get()).count;
        facts.sha256 = hex(hash.finish());
        const Microseconds wanted = TRY(service.core.generations.complete(caller, order.begun, facts));
        if (wanted == time) return answer_with(made.value());
        time = wanted;  // a repetition with the same key was first: its answer is the answer
    }
}

Result<Response> report(Service& service, const Caller& caller, const Order& order) {
    json::object data = TRY(template_report(service, caller, order));
    if (order.kind == Kind::Analyze) data["message"] = "Document Analyzed Successfully";
    if (order.kind == Kind::Check) data["message"] = "Template Checked Successfully";
    return http::json_answer(200, data);
}

}  // namespace

std::string_view operation_name(Kind kind) {
    switch (kind) {
        case Kind::Generate: return "generate-document";
        case Kind::Analyze: return "analyze-template";
        case Kind::Check: return "check-template";
    }
    return {};
}

Result<Order> checked_order(Service& service, const Caller& caller, const http::Request& request, Kind kind, GivenBody body) {
    Order order{.kind = kind, .verbose = body.verbose};
    if (kind == Kind::Generate) {
        order.extension = TRY(extension_of(body.output_format));
        if (!body.values) return Error{Fault::InvalidInput, "documentValues is required: an object, which may be empty: {}."};
    }
    order.parameters = TRY(merge_parameters(body));
    TRY(can_make(service, order));
    order.template_sha256 = body.word_template->sha256();
    order.bytes_in = body.word_template->size() + (body.values ? body.values->size() : 0);
    order.template_file = TRY(body.word_template->read_only());
    if (body.values) order.values_file = TRY(body.values->read_only());
    if (kind == Kind::Generate) order.begun = TRY(begun(service, caller, request, order, body.values->sha256()));
    return order;
}

Result<Response> carry_out(Service& service, const Caller& caller, const Order& order) {
    if (order.kind != Kind::Generate) return report(service, caller, order);
    Response response = TRY(generate(service, caller, order));
    const Result<std::optional<std::int64_t>> credits = service.core.credits.remaining(caller.account);
    if (credits.ok() && credits.value()) response.set("X-Credits-Remaining", std::to_string(*credits.value()));
    return response;
}

}  // namespace docwright::docgen_api
