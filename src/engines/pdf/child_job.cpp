// One job in a child: descriptors → mapped inputs → the operation's body → Done or Failed.
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "engines/pdf/child.h"
#include "engines/protocol/channel.h"
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

// The whole file. The supervisor vouches that it does not change while the job runs.
Result<std::string_view> map_input(const FileDescriptor& file) {
    struct stat facts {};
    if (::fstat(file.get(), &facts) != 0) return Error{Fault::Internal, "A document cannot be read.", std::strerror(errno)};
    if (facts.st_size == 0) return std::string_view{};
    auto size = static_cast<std::size_t>(facts.st_size);
    void* bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
    if (bytes == MAP_FAILED) return Error{Fault::Internal, "A document cannot be read.", std::string("mmap: ") + std::strerror(errno)};
    return std::string_view(static_cast<const char*>(bytes), size);
}

// `descriptors` keeps output and scratch open; the inputs' are closed once mapped, the body needs only the bytes.
Result<TaskFiles> task_files(const JobMessage& job, std::vector<FileDescriptor>& descriptors, WorkerThreads& workers) {
    std::size_t first_input = job.has_scratch ? 2 : 1;
    if (descriptors.size() != first_input + job.inputs.size()) return Error{Fault::Internal, "The engine got a job without its files."};
    TaskFiles files{.output = descriptors[0].get(), .input_time = job.input_time, .attempt = job.attempt, .workers = &workers};
    if (job.has_scratch) files.scratch = descriptors[1].get();
    for (std::size_t i = 0; i < job.inputs.size(); ++i) {
        const JobMessage::Input& input = job.inputs[i];
        std::string_view bytes = TRY(map_input(descriptors[first_input + i]));
        descriptors[first_input + i].reset();
        files.inputs.push_back({bytes, input.file_name, input.sha256, input.password});
    }
    return files;
}

const Operation* find_operation(std::string_view name, std::span<const Operation* const> operations) {
    if (const Operation* operation = operation_named(operations, name)) return operation;
    return operation_named(probe_operations(), name);
}

Result<TaskResult> run_body(const JobMessage& job, TaskFiles& files, std::span<const Operation* const> operations) {
    const Operation* operation = find_operation(job.operation, operations);
    if (!operation || !operation->body.run) return Error{Fault::Internal, "The engine does not know the operation " + job.operation + "."};
    ReportedProgress progress;
    try {
        return operation->body.run(job.values, files, progress);
    } catch (const std::exception& thrown) {  // a library's adapter let it through: our mistake, but one task's failure only
        return Error{Fault::Internal, "The operation failed inside the engine.", thrown.what()};
    }
}

DoneMessage done_message(TaskResult result) {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    auto microseconds = [](const timeval& time) { return time.tv_sec * kMicrosecondsPerSecond + time.tv_usec; };
    return {result.format, std::move(result.data), microseconds(used.ru_utime) + microseconds(used.ru_stime),
            std::int64_t{used.ru_maxrss} * 1024};
}

Result<TaskResult> attempt_job(const JobMessage& job, std::vector<FileDescriptor>& descriptors,
                               std::span<const Operation* const> operations, WorkerThreads& workers) {
    TRY(set_resource_limits({job.cpu_seconds, job.address_bytes, job.output_bytes}));
    TaskFiles files = TRY(task_files(job, descriptors, workers));
    return run_body(job, files, operations);
}

}  // namespace

void run_job(const JobMessage& job, std::vector<FileDescriptor> descriptors, std::span<const Operation* const> operations,
             WorkerThreads& workers) {
    Result<TaskResult> result = attempt_job(job, descriptors, operations, workers);
    // A supervisor that is gone wants no answer.
    if (result.ok()) {
        (void)send_message(kChildChannel, FrameKind::Done, text_of(done_message(std::move(result).take())));
    } else {
        (void)send_message(kChildChannel, FrameKind::Failed, text_of(result.error()));
    }
}

}  // namespace docwright
