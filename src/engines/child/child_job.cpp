// One job in a child: descriptors → mapped inputs → the operation's body → Done or Failed.
#include <sys/resource.h>

#include <algorithm>
#include <utility>

#include "base/mapped_file.h"
#include "engines/child/child.h"
#include "engines/child/folders.h"
#include "engines/protocol/channel.h"
#include "engines/protocol/probe_document.h"
#include "engines/protocol/steady_time.h"
#include "engines/sandbox/resource_limits.h"

namespace docwright {
namespace {

// Progress as a person can follow it: not every page of a fast document is worth a message.
class ReportedProgress final : public Progress {
public:
    void report(int done, int total) override {
        done = std::clamp(done, 0, std::max(total, 0));
        Microseconds now = steady_time();
        if (done < total && now - last_ < kBetweenReports) return;
        last_ = now;
        (void)send_message(kChildChannel, FrameKind::Progress,
                           text_of(ProgressMessage{done, std::max(total, 0)}));  // a closed channel ends us by signal
    }

private:
    static constexpr Microseconds kBetweenReports = 50 * kMicrosecondsPerMillisecond;
    Microseconds last_ = 0;
};

// What a job holds until it is over.
struct HeldFiles {
    std::vector<FileDescriptor> descriptors;  // output, scratch, network; the inputs' are closed once mapped
    std::vector<MappedFile> inputs;           // the supervisor vouches that they do not change
};

Result<TaskFiles> task_files(const JobMessage& job, HeldFiles& held) {
    const std::size_t first_input = 1U + (job.has_scratch ? 1U : 0U) + (job.has_network ? 1U : 0U);
    if (held.descriptors.size() != first_input + job.inputs.size()) {
        return Error{Fault::Internal, "The engine got a job without its files."};
    }
    TaskFiles files{.output = held.descriptors[0].get(), .input_time = job.input_time, .attempt = job.attempt};
    if (job.has_scratch) files.scratch = held.descriptors[1].get();
    if (job.has_network) files.network = held.descriptors[first_input - 1].get();
    held.inputs.reserve(job.inputs.size());
    for (std::size_t i = 0; i < job.inputs.size(); ++i) {
        const JobMessage::Input& input = job.inputs[i];
        held.inputs.push_back(TRY(MappedFile::map(held.descriptors[first_input + i].get())));
        held.descriptors[first_input + i].reset();
        files.inputs.push_back({held.inputs.back().bytes(), input.file_name, input.sha256, input.password});
    }
    return files;
}

Result<TaskResult> forbidden_thing(const json::object& values) {
    const json::value* thing = values.if_contains("thing");
    const json::value* other = values.if_contains("process");
    if (!thing || !thing->is_string() || !other || !other->is_int64())
        return Error{Fault::InvalidInput, "Which forbidden thing, on which process?"};
    int error_number = try_forbidden_thing(thing->get_string(), static_cast<pid_t>(other->get_int64()));
    return TaskResult{Format::Text, json::serialize(json::object{{"error_number", error_number}})};
}

// The means of another kind of engine are not here, whoever sent the operation.
Status has_means(const Operation& operation, const TaskFiles& files) {
    const bool missing = (operation.engine == Engine::Office && !files.office) || (operation.engine == Engine::Web && !files.browser);
    if (!missing) return success();
    return Error{Fault::Unsupported, "The operation " + std::string(operation.name) + " needs an engine that is not this one."};
}

Result<TaskResult> call_body(EngineKind& kind, const JobMessage& job, TaskFiles& files, std::span<const Operation* const> operations) {
    ReportedProgress progress;
    if (job.operation == kForbiddenThingOperation) return forbidden_thing(job.values);
    if (job.operation == kSelfTestOperation) {
        if (files.inputs.size() != 1) return Error{Fault::InvalidInput, "The self-test reads one document."};
        return kind.self_test(files, progress);
    }
    const Operation* operation = operation_named(operations, job.operation);
    if (!operation || !operation->body.run) return Error{Fault::Internal, "The engine does not know the operation " + job.operation + "."};
    TRY(has_means(*operation, files));
    return operation->body.run(job.values, files, progress);
}

Result<TaskResult> run_body(EngineKind& kind, const JobMessage& job, TaskFiles& files, std::span<const Operation* const> operations) {
    try {
        return call_body(kind, job, files, operations);
    } catch (const std::exception& thrown) {  // a library's adapter let it through: our mistake, but one task's failure only
        return Error{Fault::Internal, "The operation failed inside the engine.", thrown.what()};
    }
}

rusage used_so_far() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return used;
}

Microseconds processor_time(const rusage& used) {
    auto microseconds = [](const timeval& time) { return time.tv_sec * kMicrosecondsPerSecond + time.tv_usec; };
    return microseconds(used.ru_utime) + microseconds(used.ru_stime);
}

DoneMessage done_message(TaskResult result, Microseconds processor_time_before) {
    const rusage used = used_so_far();
    return {result.format, std::move(result.data), processor_time(used) - processor_time_before, std::int64_t{used.ru_maxrss} * 1024};
}

// Processor time and address space of a reusable child belong to all its jobs: the supervisor's clock and eye are the limits there.
Status set_job_limits(const JobMessage& job, bool reusable) {
    if (reusable) return set_output_limit(job.output_bytes);
    return set_resource_limits({job.cpu_seconds, job.address_bytes, job.output_bytes});
}

Result<TaskResult> attempt_job(EngineKind& kind, const ChildSettings& settings, const JobMessage& job, HeldFiles& held) {
    TRY(set_job_limits(job, kind.traits().jobs > 1));
    if (kind.has_job_folder()) TRY(make_job_folder(settings.folders));
    TaskFiles files = TRY(task_files(job, held));
    TRY(kind.begin_job(job, files));
    return run_body(kind, job, files, settings.operations);
}

}  // namespace

bool run_job(EngineKind& kind, const ChildSettings& settings, const JobMessage& job, std::vector<FileDescriptor> descriptors) {
    const bool reusable = kind.traits().jobs > 1;
    const Microseconds before = reusable ? processor_time(used_so_far()) : 0;
    HeldFiles held{.descriptors = std::move(descriptors), .inputs = {}};
    Result<TaskResult> result = attempt_job(kind, settings, job, held);
    // The library's own process is gone: this child is of no use any more, and a job without an answer is tried again. A claim to be
    // lost would not be believed.
    if (!result.ok() && result.error().fault == Fault::EngineLost) ::_exit(1);
    // A supervisor that is gone wants no answer.
    if (result.ok()) {
        (void)send_message(kChildChannel, FrameKind::Done, text_of(done_message(std::move(result).take(), before)));
    } else {
        (void)send_message(kChildChannel, FrameKind::Failed, text_of(result.error()));
    }
    if (!reusable) ::_exit(0);  // sooner than destructors would end it
    return kind.end_job().ok() && (!kind.has_job_folder() || remove_job_folder(settings.folders).ok());
}

}  // namespace docwright
