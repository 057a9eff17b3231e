// The table of contract/docgen.md, section 1, and the way of a call through the pools.
#include "api/docgen/answers.h"
#include "api/docgen/order.h"
#include "api/docgen/service.h"
#include "api/platform/callers.h"
#include "base/ascii.h"

namespace docwright::docgen_api {
namespace {

using http::Entry;
using http::Exchange;
using http::Request;
using http::Response;

constexpr std::size_t kPieceBytes = 1024UL * 1024;  // of the body for one visit to the pool: most requests need one

// What a call holds from one visit to the pool to the next.
struct Call {
    Service& service;
    const Request& request;
    Kind kind;
    std::optional<Caller> caller = {};
    platform::Rate rate = {};
    BodyReader body = {};
    std::optional<Order> order = {};

    Call(Service& given, const Request& from, Kind what) : service(given), request(from), kind(what) {}
};

// Credentials come first, whatever the body is (contract, 1).
Status begin(Call& call) {
    call.caller = TRY(platform::authenticate(call.service.core, call.request, "docgen"));
    call.rate = platform::count_against_plan(call.service.core, *call.caller);
    if (call.rate.refusal) return *call.rate.refusal;
    return success();
}

Status take(Call& call, std::string_view piece, bool last) {
    TRY(call.body.add(piece));
    if (last) call.order = TRY(checked_order(call.service, *call.caller, call.request, call.kind, TRY(call.body.finish())));
    return success();
}

Response finished(const Call& call, Response response) {
    platform::show_rate(call.rate, response);
    response.notes.operation = operation_name(call.kind);
    if (call.caller) response.notes.account = call.caller->account;
    return response;
}

Response refused(const Call& call, const Error& error) { return finished(call, refuse(error, call.request.id)); }

// The next bytes, about as many as one visit to the pool takes.
http::Task<Result<std::string>> next_piece(Exchange& exchange) {
    std::string gathered;
    do {
        Result<std::string_view> piece = co_await exchange.piece();
        if (!piece.ok()) co_return piece.error();
        gathered += piece.value();
    } while (!exchange.at_end() && gathered.size() < kPieceBytes);
    co_return gathered;
}

http::Task<Status> read_body(Exchange& exchange, Call& call) {
    for (bool last = false; !last;) {
        Result<std::string> piece = co_await next_piece(exchange);
        if (!piece.ok()) co_return piece.error();
        last = exchange.at_end();
        auto job = [&call, &piece, last] { return take(call, piece.value(), last); };
        Result<Status> taken = co_await http::on_pool(call.service.pool, Entry::Promised, job);
        if (!taken.ok()) co_return taken.error();
        if (!taken.value().ok()) co_return taken.value().error();
    }
    co_return success();
}

// A place that is given back when the coroutine ends, in whatever way.
class Place {
public:
    Place(Places& places, std::string account) : places_(places), account_(std::move(account)) {}
    ~Place() { places_.leave(account_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    Places& places_;
    std::string account_;
};

http::Task<Response> work(Call& call) {
    const bool entered = co_await call.service.places.enter(call.caller->account);
    if (!entered) co_return refused(call, http::pool_is_full());
    const Place place(call.service.places, call.caller->account);
    auto job = [&call] { return carry_out(call.service, *call.caller, *call.order); };
    Result<Result<Response>> outcome = co_await http::on_pool(call.service.engine_pool, Entry::Promised, job);
    if (!outcome.ok()) co_return refused(call, outcome.error());
    if (!outcome.value().ok()) co_return refused(call, outcome.value().error());
    Result<Response> response = std::move(outcome).take();
    co_return finished(call, std::move(response).take());
}

http::Task<Response> answer(Exchange& exchange, Service& service, Kind kind) {
    Call call(service, exchange.request(), kind);
    auto check = [&call] { return begin(call); };
    Result<Status> known = co_await http::on_pool(service.pool, Entry::Refusable, check);
    if (!known.ok()) co_return refused(call, known.error());
    if (!known.value().ok()) co_return refused(call, known.value().error());
    Status read = co_await read_body(exchange, call);
    if (!read.ok()) co_return refused(call, read.error());
    co_return co_await work(call);
}

}  // namespace

bool is_below_prefix(std::string_view path) {
    return path.size() >= kPrefix.size() && same_word(path.substr(0, kPrefix.size()), kPrefix) &&
           (path.size() == kPrefix.size() || path[kPrefix.size()] == '/');
}

void add_routes(Service& service, http::Router& router) {
    constexpr std::pair<std::string_view, Kind> kRoutes[] = {{"GenerateDocumentBase64", Kind::Generate},
                                                             {"generate", Kind::Generate},
                                                             {"AnalyzeDocumentBase64", Kind::Analyze},
                                                             {"CheckTemplate", Kind::Check}};
    for (const auto& [name, kind] : kRoutes) {
        router.add({"POST", std::string(kPrefix) + "/api/" + std::string(name),
                    [&service, kind](Exchange& exchange) { return answer(exchange, service, kind); }});
    }
}

}  // namespace docwright::docgen_api
