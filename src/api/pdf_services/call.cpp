#include "api/pdf_services/call.h"

#include "api/http/answers.h"
#include "api/platform/callers.h"

namespace docwright::pdf_services {
namespace {

using http::Entry;
using http::Exchange;
using http::Request;
using http::Response;

Response answer_checked(Service& service, const Request& request, std::string_view body, Counted counted, const Work& work) {
    Result<Caller> caller = authenticate(service, request);
    if (!caller.ok()) return http::refuse(caller.error(), request.id);
    Call call{service, request, body, std::move(caller).take()};
    std::string account = call.caller.account;
    platform::Rate rate;
    if (counted == Counted::Yes) rate = platform::count_against_plan(service.core, call.caller);
    Response response = rate.refusal ? http::refuse(*rate.refusal, request.id) : work(call);
    platform::show_rate(rate, response);
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

Result<Caller> authenticate(Service& service, const Request& request) { return platform::authenticate(service.core, request, "pdf"); }

http::Handler handler_of(Service& service, Counted counted, Work work) {
    return [&service, counted, work = std::move(work)](Exchange& exchange) { return run(exchange, service, counted, work); };
}

}  // namespace docwright::pdf_services
