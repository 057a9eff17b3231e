#include "cli/gauges.h"

#include <fmt/format.h>

namespace docwright {
namespace {

using platform::Reading;

void add_queue(std::vector<Reading>& out, const Core& core) {
    Result<TaskCounts> counts = core.tasks.counts();
    if (!counts.ok()) return;
    out.push_back({"task_queue_depth", "Tasks that wait for an engine.", "", static_cast<double>(counts.value().waiting)});
    out.push_back({"tasks_running", "Tasks in an engine.", "", static_cast<double>(counts.value().running)});
    out.push_back({"tasks_dead", "Tasks given up after repeated losses of their engine.", "", static_cast<double>(counts.value().dead)});
}

void add_engines(std::vector<Reading>& out, const Supervisor& supervisor) {
    const PoolHealth health = supervisor.health();
    out.push_back({"engine_healthy", "1 when the engines passed their last self-test.", "", health.healthy ? 1.0 : 0.0});
    out.push_back({"engine_lanes", "Documents that can be worked on at the same time.", "", static_cast<double>(health.lanes)});
    out.push_back({"engine_busy", "Engine processes at work.", "", static_cast<double>(health.busy)});
    out.push_back({"engine_ready", "Engine processes waiting for work.", "", static_cast<double>(health.ready)});
    out.push_back({"engine_losses_total", "Engine processes lost since the start.", "", static_cast<double>(health.losses), "counter"});
}

void add_storage(std::vector<Reading>& out, const Core& core) {
    auto bytes = read_result(core.parts().store, [](const View& view) { return view.documents.blob_bytes(); });
    if (bytes.ok())
        out.push_back({"storage_bytes", "Bytes of all stored documents, each content once.", "", static_cast<double>(bytes.value())});
}

// Only accounts with a plan that counts credits have a number.
void add_credits(std::vector<Reading>& out, Core& core) {
    Result<std::vector<AccountRecord>> accounts = core.accounts.list();
    if (!accounts.ok()) return;
    for (const AccountRecord& account : accounts.value()) {
        if (account.plan.empty()) continue;
        Result<std::optional<std::int64_t>> credits = core.credits.remaining(account.id);
        if (!credits.ok() || !credits.value()) continue;
        out.push_back({"credits_remaining", "Credits that an account may still use.",
                       fmt::format("account=\"{}\"", platform::label_value(account.id)), static_cast<double>(*credits.value())});
    }
}

}  // namespace

std::vector<Reading> gauges_of(Core& core, const Supervisor& supervisor, const http::Server& server, const http::Pool& pool) {
    std::vector<Reading> out;
    add_queue(out, core);
    add_engines(out, supervisor);
    out.push_back({"http_connections", "Open connections.", "", static_cast<double>(server.open_connections())});
    out.push_back({"http_pool_waiting", "Requests that wait for a thread.", "", static_cast<double>(pool.waiting())});
    add_storage(out, core);
    add_credits(out, core);
    return out;
}

}  // namespace docwright
