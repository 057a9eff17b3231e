#include "api/platform/health.h"

#include "api/http/answers.h"

namespace docwright::platform {
namespace {

using http::Entry;
using http::Exchange;
using http::Response;

// One line per probe; 503 when one fails, so that a load balancer sends nobody here.
Response readiness(const HealthParts& parts) {
    json::object checks;
    bool ready = true;
    for (const Probe& probe : parts.probes) {
        Status status = probe.ask();
        checks[probe.name] = status.ok() ? std::string("ok") : status.error().message;
        ready = ready && status.ok();
    }
    Response response = http::json_answer(ready ? 200 : 503, {{"status", ready ? "ready" : "not ready"}, {"checks", std::move(checks)}});
    if (!ready) response.set("Retry-After", "5");
    return response;
}

// Health must be honest when the pool is full, so these requests are never refused.
http::Task<Response> on_the_pool(Exchange& exchange, HealthParts& parts, Response (*make)(const HealthParts&)) {
    auto job = [&parts, make] { return make(parts); };
    Result<Response> response = co_await http::on_pool(parts.pool, Entry::Promised, job);
    if (!response.ok()) co_return http::refuse(response.error(), exchange.request().id);
    co_return std::move(response).take();
}

Response metrics(const HealthParts& parts) {
    Response response;
    response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.body = parts.metrics.text(parts.gauges());
    return response;
}

http::Task<Response> alive(Exchange&) { co_return http::json_answer(200, {{"status", "ok"}}); }

}  // namespace

void add_health_routes(HealthParts& parts, http::Router& root) {
    root.add({"GET", "/healthz", alive});
    root.add({"GET", "/readyz", [&parts](Exchange& exchange) { return on_the_pool(exchange, parts, readiness); }});
    root.add({"GET", "/metrics", [&parts](Exchange& exchange) { return on_the_pool(exchange, parts, metrics); }});
}

}  // namespace docwright::platform
