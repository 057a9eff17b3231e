#include "engines/supervisor/supervisor.h"

namespace docwright {

struct Supervisor::Pool {
    SupervisorSettings settings;
};

Supervisor::Supervisor(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}
Supervisor::~Supervisor() = default;

Result<std::unique_ptr<Supervisor>> Supervisor::start(SupervisorSettings settings) {
    auto pool = std::make_unique<Pool>();
    pool->settings = std::move(settings);
    return std::unique_ptr<Supervisor>(new Supervisor(std::move(pool)));
}

Result<EngineOutcome> Supervisor::run(const EngineJob& job, JobObserver&) {
    return Error{Fault::Unavailable, "No engine can be had at present.", job.operation};
}

PoolHealth Supervisor::health() const { return {.problem = "No engine runs."}; }
std::vector<EngineFact> Supervisor::facts() const { return {}; }
Status Supervisor::self_test() { return Error{Fault::Unavailable, "No engine can be had at present."}; }

}  // namespace docwright
