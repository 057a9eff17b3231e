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

struct EngineGauge {
    const char* name;
    const char* help;
    double (*value)(const PoolHealth& health);
    const char* type = "gauge";
};

constexpr EngineGauge kEngineGauges[] = {
    {"engine_healthy", "1 when the engine passed its last self-test.", [](const PoolHealth& health) { return health.healthy ? 1.0 : 0.0; }},
    {"engine_lanes", "Documents that can be worked on at the same time.",
     [](const PoolHealth& health) { return static_cast<double>(health.lanes); }},
    {"engine_busy", "Engine processes at work.", [](const PoolHealth& health) { return static_cast<double>(health.busy); }},
    {"engine_ready", "Engine processes waiting for work.", [](const PoolHealth& health) { return static_cast<double>(health.ready); }},
    {"engine_oldest_job_seconds", "Age of the longest job at work.",
     [](const PoolHealth& health) { return static_cast<double>(health.oldest_job_age) / kMicrosecondsPerSecond; }},
    {"engine_self_test_age_seconds", "Time since the last self-test.",
     [](const PoolHealth& health) { return static_cast<double>(health.self_test_age) / kMicrosecondsPerSecond; }},
    {"engine_losses_total", "Engine processes lost since the start.",
     [](const PoolHealth& health) { return static_cast<double>(health.losses); }, "counter"},
    {"engine_processes_started_total", "Engine processes that became ready.",
     [](const PoolHealth& health) { return static_cast<double>(health.children_started); }, "counter"},
    {"engine_processes_replaced_total", "Engine processes replaced ahead of need.",
     [](const PoolHealth& health) { return static_cast<double>(health.children_replaced); }, "counter"},
    {"engine_starved_total", "Jobs that had to wait for the start of a process.",
     [](const PoolHealth& health) { return static_cast<double>(health.starved); }, "counter"},
};

// All engines of one gauge together, as the text format wants it.
void add_engines(std::vector<Reading>& out, const Engines& engines) {
    std::vector<std::pair<std::string, PoolHealth>> healths;
    for (const RunningEngine& engine : engines.running) {
        healths.emplace_back(fmt::format("engine=\"{}\"", engine_name(engine.lanes.engine)), engine.supervisor->health());
    }
    for (const EngineGauge& gauge : kEngineGauges) {
        for (const auto& [label, health] : healths) out.push_back({gauge.name, gauge.help, label, gauge.value(health), gauge.type});
    }
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

std::vector<Reading> gauges_of(Core& core, const Engines& engines, const http::Server& server, const http::Pool& pool) {
    std::vector<Reading> out;
    add_queue(out, core);
    add_engines(out, engines);
    out.push_back({"http_connections", "Open connections.", "", static_cast<double>(server.open_connections())});
    out.push_back({"http_pool_waiting", "Requests that wait for a thread.", "", static_cast<double>(pool.waiting())});
    add_storage(out, core);
    add_credits(out, core);
    return out;
}

}  // namespace docwright
