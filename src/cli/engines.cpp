#include "cli/engines.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <optional>

#include "base/cores.h"
#include "core/tasks/order.h"

namespace docwright {
namespace {

constexpr int kLanesInWaiting = 1;      // a pdf lane stands still while its next task is leased, which takes as long as many a page
constexpr int kLanesForNeighbours = 1;  // beyond what one account may fill: nobody waits for another's slow documents

int lanes_of_one_account(const Configuration& chosen, Engine engine) {
    const int wanted = engine == Engine::Office ? chosen.office_lanes : engine == Engine::Web ? chosen.web_lanes : chosen.engine_lanes;
    if (wanted > 0) return wanted;
    return usable_cores() + (engine == Engine::Pdf ? kLanesInWaiting : 0);
}

int jobs_per_child(const Configuration& chosen, Engine engine) {
    if (engine == Engine::Pdf) return 0;
    if (chosen.isolation == "strict") return 1;
    return engine == Engine::Office ? chosen.office_jobs : chosen.web_jobs;
}

Error naming(Engine engine, Error error) {
    error.message = fmt::format("The {} engine cannot be started: {}", engine_name(engine), error.message);
    return error;
}

using Started = Result<std::unique_ptr<Supervisor>>;

}  // namespace

std::string engine_name(Engine engine) { return lane_of(engine, false); }

Supervisor* Engines::of(Engine engine) const {
    auto found = std::ranges::find_if(running, [&](const RunningEngine& each) { return each.lanes.engine == engine; });
    return found == running.end() ? nullptr : found->supervisor.get();
}

std::string Engines::why_missing(Engine engine) const {
    auto found = missing.find(engine);
    return found == missing.end() ? "There is no such engine." : found->second;
}

SupervisorSettings supervisor_settings(const Configuration& chosen, Engine engine) {
    return {.engine_path = chosen.engine_path,
            .kind = engine_name(engine),
            .lanes = lanes_of_one_account(chosen, engine) + kLanesForNeighbours,
            .jobs_per_child = jobs_per_child(chosen, engine),
            .by_tenant = chosen.isolation == "account",
            .engine_user = chosen.engine_user,
            .allow_weak_sandbox = chosen.allow_weak_sandbox};
}

Result<std::vector<Engine>> engines_named(std::string_view names) {
    std::vector<Engine> named;
    for (const std::string& name : comma_list(names)) {
        auto engine = std::ranges::find(kAllEngines, name, engine_name);
        if (engine == std::end(kAllEngines)) {
            return Error{Fault::InvalidInput,
                         fmt::format("engines must be names out of pdf, office, web with commas between, not \"{}\".", name)};
        }
        named.push_back(*engine);
    }
    return named;
}

Result<Engines> start_engines(const Configuration& chosen) {
    const std::vector<Engine> named = TRY(engines_named(chosen.engines));
    Engines engines{.running = {}, .missing = {}, .isolation = chosen.isolation};
    std::vector<std::pair<Engine, std::future<Started>>> starting;
    for (Engine engine : kAllEngines) {
        if (!named.empty() && std::ranges::find(named, engine) == named.end()) {
            engines.missing[engine] = "It is not among the engines to use (setting engines).";
            continue;
        }
        starting.emplace_back(engine, std::async(std::launch::async, Supervisor::start, supervisor_settings(chosen, engine)));
    }
    std::optional<Error> failure;
    for (auto& [engine, start] : starting) {
        Started started = start.get();
        if (started.ok()) {
            const int of_account = lanes_of_one_account(chosen, engine);
            engines.running.push_back({{engine, of_account + kLanesForNeighbours, of_account}, std::move(started).take()});
        } else if (named.empty() && started.error().fault == Fault::Unsupported) {
            engines.missing[engine] = started.error().message;
        } else if (!failure) {
            failure = naming(engine, started.error());
        }
    }
    if (failure) return *failure;
    return engines;
}

}  // namespace docwright
