#include "api/platform/front_door.h"

#include "api/docgen/answers.h"
#include "api/docgen/service.h"
#include "api/http/answers.h"

namespace docwright::platform {
namespace {

using http::Exchange;
using http::Request;
using http::Response;

constexpr std::string_view kPdfServices = "/pdf-services";
constexpr std::string_view kSharePattern = "/share/{token}";
constexpr std::string_view kUnknownRoute = "unknown";  // label of all addresses that lead nowhere

http::RouteMatch find(const FrontDoor& door, const Request& request) {
    http::RouteMatch match = door.root.match(request.method, request.target.path);
    if (!match.pattern.empty()) return match;
    if (docgen_api::is_below_prefix(request.target.path)) return door.docgen.match(request.method, request.target.path);
    std::string_view below = http::below_base(request.target.path, kPdfServices);
    return below.empty() ? match : door.pdf_services.match(request.method, below);
}

// Each wire has its own shape of a refusal.
Response refuse(const Request& request, const Error& error) {
    const bool docgen = docgen_api::is_below_prefix(request.target.path);
    return docgen ? docgen_api::refuse(error, request.id) : http::refuse(error, request.id);
}

http::Task<Response> answer(Exchange& exchange, const http::RouteMatch& match) {
    Request& request = exchange.request();
    if (match.route) {
        request.segments = match.segments;
        co_return co_await match.route->handler(exchange);
    }
    if (match.pattern.empty()) co_return refuse(request, http::no_such_route());
    if (http::is_preflight(request)) co_return http::preflight_answer(match.allowed + ", OPTIONS");
    const bool asks_for_methods = request.method == "OPTIONS";
    Response response =
        asks_for_methods ? Response{.status = 204} : refuse(request, http::method_not_allowed(request.method, match.allowed));
    response.set("Allow", match.allowed + ", OPTIONS");
    co_return response;
}

void write_log(const FrontDoor& door, const Request& request, const http::RouteMatch& match, const Response& response, Microseconds took) {
    const http::Notes& notes = response.notes;
    // The pattern, not the path: a share token is a secret.
    door.log.write(response.status >= 500 ? LogLevel::Error : LogLevel::Info, "request",
                   {{"request_id", request.id},
                    {"method", request.method},
                    {"path", match.pattern},
                    {"status", response.status},
                    {"duration_ms", static_cast<double>(took) / static_cast<double>(kMicrosecondsPerMillisecond)},
                    {"account", notes.account},
                    {"document_id", notes.document},
                    {"task_id", notes.task},
                    {"operation", notes.operation},
                    {"code", notes.why},
                    {"remote", request.remote}});
}

http::Task<Response> enter(Exchange& exchange, FrontDoor& door) {
    Request& request = exchange.request();
    const Microseconds begun = door.clock.now();
    const http::RouteMatch match = find(door, request);
    Response response = co_await answer(exchange, match);
    http::allow_origin(request, door.cors, match.pattern == kSharePattern, response);
    response.set("X-Content-Type-Options", "nosniff");
    const Microseconds took = door.clock.now() - begun;
    door.metrics.count_request(match.pattern.empty() ? kUnknownRoute : std::string_view(match.pattern), response.status, took);
    write_log(door, request, match, response, took);
    co_return response;
}

}  // namespace

http::Handler handler_of(FrontDoor& door) {
    return [&door](Exchange& exchange) { return enter(exchange, door); };
}

}  // namespace docwright::platform
