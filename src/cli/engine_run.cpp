#include "cli/engine_run.h"

#include <fcntl.h>

#include "base/fault_table.h"

namespace docwright {
namespace {

class TaskObserver final : public JobObserver {
public:
    TaskObserver(const ReportProgress& report, const std::stop_token& stop) : report_(report), stop_(stop) {}
    void progress(int done, int total) override { report_(done, total); }
    bool cancelled() override { return stop_.stop_requested(); }

private:
    const ReportProgress& report_;
    const std::stop_token& stop_;
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
    for (EngineInput& input : task.inputs) {
        job.inputs.push_back(
            {.file = std::move(input.file), .file_name = input.file_name, .sha256 = input.sha256, .password = input.password});
    }
    return job;
}

Result<EngineAnswer> run(Supervisor& supervisor, platform::Metrics& metrics, EngineTask& task, const ReportProgress& report,
                         const std::stop_token& stop) {
    const std::string operation(task.operation->name);
    EngineJob job = job_of(task);
    TaskObserver observer(report, stop);
    Result<EngineOutcome> outcome = supervisor.run(job, observer);
    metrics.count_task(operation, outcome.ok() ? "COMPLETED" : task_code(outcome.error()), outcome.ok() ? outcome.value().wall : 0);
    if (!outcome.ok()) return outcome.error();
    return EngineAnswer{.result = {.format = outcome.value().format, .data = outcome.value().data}, .engine_version = engine_version()};
}

}  // namespace

RunEngine engine_runner(Supervisor& supervisor, platform::Metrics& metrics) {
    return [&supervisor, &metrics](EngineTask& task, const ReportProgress& report, const std::stop_token& stop) {
        return run(supervisor, metrics, task, report, stop);
    };
}

std::string engine_version() { return std::string("docwright-engine ") + DOCWRIGHT_VERSION; }

}  // namespace docwright
