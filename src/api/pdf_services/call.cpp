#include "api/pdf_services/call.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/http/answers.h"

namespace docwright::pdf_services {
namespace {

using http::Entry;
using http::Exchange;
using http::Request;
using http::Response;

std::string_view value_or_nothing(const std::string* value) { return value ? http::trimmed(*value) : std::string_view(); }

Response answer_checked(Service& service, const Request& request, std::string_view body, Counted counted, const Work& work) {
    Result<Caller> caller = authenticate(service, request);
    if (!caller.ok()) return http::refuse(caller.error(), request.id);
    Call call{service, request, body, std::move(caller).take()};
    std::string account = call.caller.account;
    Rate rate;
    if (counted == Counted::Yes) rate = count_against_plan(call);
    Response response = rate.refusal ? std::move(*rate.refusal) : work(call);
    show_rate(rate, response);
    response.notes.account = std::move(account);
    return response;
}

// A body longer than one buffer is read for known callers only.
bool check_first(const Exchange& exchange, const Request& request) {
    return exchange.continue_expected() || request.chunked || request.content_length.value_or(0) > limits::kBodyBufferBytes;
}

http::Task<Response> run(Exchange& exchange, Service& service, Counted counted, const Work& work) {
    Request& request = exchange.request();
    if (check_first(exchange, request)) {
        auto check = [&service, &request] { return authenticate(service, request); };
        Result<Result<Caller>> checked = co_await http::on_pool(service.pool, Entry::Refusable, check);
        if (!checked.ok()) co_return http::refuse(checked.error(), request.id);
        if (!checked.value().ok()) co_return http::refuse(checked.value().error(), request.id);
    }
    Result<std::string> body = co_await http::whole_body(exchange, limits::kJsonBodyBytes);
    if (!body.ok()) co_return http::refuse(body.error(), request.id);
    auto job = [&service, &request, &body, counted, &work] { return answer_checked(service, request, body.value(), counted, work); };
    Result<Response> response = co_await http::on_pool(service.pool, Entry::Refusable, job);
    if (!response.ok()) co_return http::refuse(response.error(), request.id);
    co_return std::move(response).take();
}

}  // namespace

Result<Caller> authenticate(Service& service, const Request& request) {
    GivenCredential given{.client_id = value_or_nothing(request.header("client_id")),
                          .client_secret = value_or_nothing(request.header("client_secret")),
                          .api_key = value_or_nothing(request.header("x-api-key"))};
    RequestOrigin origin{.address = request.remote, .trace = {}};
    Result<Caller> caller = service.core.credentials.check(given, origin);
    if (!caller.ok() && given.client_id.empty() && given.client_secret.empty() && given.api_key.empty()) {
        Error error = caller.error();
        error.detail =
            "no client_id and client_secret header arrived; a proxy may drop header names with an underscore (nginx: "
            "underscores_in_headers on)";
        return error;
    }
    if (!caller.ok()) return caller;
    Status scope = require_scope(caller.value(), "pdf");
    if (!scope.ok()) return scope.error();
    return caller;
}

Result<std::string> idempotency_key(const Request& request) {
    std::string_view key = value_or_nothing(request.header("idempotency-key"));
    const bool printable = std::ranges::all_of(key, [](char c) { return c >= 0x20 && c < 0x7f; });
    if (key.size() > limits::kIdempotencyKeyBytes || !printable) {
        return Error{Fault::InvalidInput,
                     fmt::format("Idempotency-Key must be at most {} printable ASCII characters.", limits::kIdempotencyKeyBytes)};
    }
    return std::string(key);
}

Rate count_against_plan(const Call& call) {
    Result<Admission> admission = call.service.core.credits.admit(call.caller);
    if (!admission.ok()) return {.refusal = http::refuse(admission.error(), call.request.id)};
    Rate rate{.remaining = admission.value().remaining};
    if (admission.value().retry_after_seconds == 0) return rate;
    Error error{Fault::LimitExceeded, "Too many requests in this minute for the plan of this account.", {}, "RATE_LIMIT_EXCEEDED"};
    rate.refusal = http::refuse(error, call.request.id);
    rate.refusal->set("Retry-After", std::to_string(admission.value().retry_after_seconds));
    return rate;
}

void show_rate(const Rate& rate, Response& response) {
    if (rate.remaining >= 0) response.set("X-RateLimit-Remaining", std::to_string(rate.remaining));
}

http::Handler handler_of(Service& service, Counted counted, Work work) {
    return [&service, counted, work = std::move(work)](Exchange& exchange) { return run(exchange, service, counted, work); };
}

}  // namespace docwright::pdf_services
