#include "cli/engine_run.h"

#include <fcntl.h>

#include <chrono>

#include "base/fault_table.h"

namespace docwright {
namespace {

class TaskObserver final : public JobObserver {
public:
    TaskObserver(const ReportProgress& report, const std::stop_token& stop, int wait_milliseconds)
        : report_(report), stop_(stop), patience_(wait_milliseconds) {}
    void begins() override { begun_ = true; }
    void progress(int done, int total) override { report_(done, total); }
    bool cancelled() override { return stop_.stop_requested() || out_of_patience(); }
    bool out_of_patience() const { return patience_.count() > 0 && !begun_ && std::chrono::steady_clock::now() - since_ > patience_; }

private:
    const ReportProgress& report_;
    const std::stop_token& stop_;
    const std::chrono::milliseconds patience_;
    const std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
    bool begun_ = false;
};

// The runner keeps its own descriptor of the same file.
FileDescriptor duplicate(int descriptor) { return FileDescriptor(descriptor < 0 ? -1 : fcntl(descriptor, F_DUPFD_CLOEXEC, 0)); }

EngineJob job_of(EngineTask& task) {
    EngineJob job{.operation = std::string(task.operation->name),
                  .values = task.values,
                  .output = duplicate(task.output),
                  .scratch = duplicate(task.scratch),
                  .input_time = task.input_time,
                  .attempt = task.attempt,
                  .yields = task.yields};
    job.limits.wall_milliseconds = task.wall_seconds * 1000;
    job.limits.output_bytes = task.output_bytes;
    for (EngineInput& input : task.inputs) {
        job.inputs.push_back(
            {.file = std::move(input.file), .file_name = input.file_name, .sha256 = input.sha256, .password = input.password});
    }
    return job;
}

struct Means {
    const Engines& engines;
    platform::Metrics& metrics;
    OpenNetwork open_network;
};

Result<EngineOutcome> run_job(const Means& means, EngineTask& task, const ReportProgress& report, const std::stop_token& stop) {
    Supervisor* supervisor = means.engines.of(task.operation->engine);
    if (!supervisor) return Error{Fault::Unsupported, "The engine of this operation is not available on this server."};
    EngineJob job = job_of(task);
    if (means.engines.isolation == "account") job.tenant = task.tenant;
    if (task.operation->engine == Engine::Web && means.open_network) job.network = TRY(means.open_network());
    TaskObserver observer(report, stop, task.wait_milliseconds);
    Result<EngineOutcome> outcome = supervisor->run(job, observer);
    if (!outcome.ok() && !stop.stop_requested() && observer.out_of_patience()) {
        return Error{Fault::Unavailable, "All engines are at work. Try again in a moment."};
    }
    return outcome;
}

Result<EngineAnswer> run(const Means& means, EngineTask& task, const ReportProgress& report, const std::stop_token& stop) {
    const std::string operation(task.operation->name);
    Result<EngineOutcome> outcome = run_job(means, task, report, stop);
    means.metrics.count_task(operation, outcome.ok() ? "COMPLETED" : task_code(outcome.error()), outcome.ok() ? outcome.value().wall : 0);
    if (!outcome.ok()) return outcome.error();
    return EngineAnswer{.result = {.format = outcome.value().format, .data = outcome.value().data}, .engine_version = engine_version()};
}

}  // namespace

RunEngine engine_runner(const Engines& engines, platform::Metrics& metrics, OpenNetwork open_network) {
    return [means = Means{engines, metrics, std::move(open_network)}](
               EngineTask& task, const ReportProgress& report, const std::stop_token& stop) { return run(means, task, report, stop); };
}

std::string engine_version() { return std::string("docwright-engine ") + DOCWRIGHT_VERSION; }

}  // namespace docwright
