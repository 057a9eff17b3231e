#include "engines/supervisor/job_run.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "engines/protocol/process_handle.h"
#include "engines/supervisor/conversation.h"
#include "engines/supervisor/verdict.h"

namespace docwright {
namespace {

Error cannot_write() { return Error{Fault::Internal, "The result file cannot be written.", std::strerror(errno), "STORAGE_ERROR"}; }

// On disk if possible: a large result shall not count as memory.
Result<FileDescriptor> nameless_file() {
    FileDescriptor file(::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!file.open()) file = FileDescriptor(::memfd_create("result", MFD_CLOEXEC));
    return file.open() ? Result<FileDescriptor>(std::move(file)) : cannot_write();
}

// As many bytes as there are now, whatever else the child does with the file.
Status copy_result(int from, int to, std::uint64_t most) {
    struct stat facts {};
    if (::fstat(from, &facts) != 0) return cannot_write();
    const auto size = static_cast<std::uint64_t>(facts.st_size);
    if (size > most) return Error{Fault::LimitExceeded, "The result is too large (limit: output)."};
    off_t at = 0;
    while (static_cast<std::uint64_t>(at) < size) {
        const ssize_t copied = ::sendfile(to, from, &at, size - static_cast<std::uint64_t>(at));
        if (copied == 0) break;  // it became shorter: the child's own loss
        if (copied < 0 && errno != EINTR) return cannot_write();
    }
    return success();
}

// The child's traits say what a job of this kind may use, within what the task may.
EngineLimits limits_of(const EngineJob& job, const KindTraits& traits) {
    EngineLimits limits = job.limits;
    limits.wall_milliseconds = std::min(limits.wall_milliseconds, traits.wall_seconds * 1000);
    if (traits.kill_bytes > 0) limits.address_bytes = traits.kill_bytes;
    return limits;
}

// A document that could not be read may have left the library in disorder, and so may a mistake of ours.
bool may_have_damaged(const JobEnd& end) {
    return end.how == JobEnd::How::Failed && (end.failure.reason == "DAMAGED" || end.failure.fault == Fault::Internal);
}

}  // namespace

JobRun run_with_child(ChildPool& pool, EngineChild child, const EngineJob& job, int threads, JobObserver& observer) {
    const KindTraits traits = pool.traits();
    const EngineLimits limits = limits_of(job, traits);
    Handover handover{.output = job.output.get(), .threads = threads, .use = pool.use(), .wall_milliseconds = limits.wall_milliseconds};
    FileDescriptor staged;
    if (handover.use == ChildUse::Again) {
        Result<FileDescriptor> file = nameless_file();
        if (!file.ok()) {
            kill_process(child.handle);
            pool.forget(child);
            return {true, file.error()};
        }
        staged = std::move(file).take();
        handover.output = staged.get();
        handover.with_scratch = false;
    }
    JobEnd end = converse(child, job, handover, observer);
    if (end.whole) {
        Result<EngineOutcome> outcome = verdict(end, {}, limits);
        Status copied = outcome.ok() ? copy_result(staged.get(), job.output.get(), limits.output_bytes) : success();
        pool.give_back(std::move(child), may_have_damaged(end));
        return {true, copied.ok() ? std::move(outcome) : Result<EngineOutcome>(copied.error())};
    }
    // The parent tells of the end when everything that the child started has ended too.
    std::optional<ExitedMessage> exited;
    if (end.how == JobEnd::How::Closed || traits.jobs > 1) exited = pool.exit_of(child);
    end.over_memory = pool.over_memory(child);
    pool.forget(child);
    return {end.started || end.how != JobEnd::How::Closed, verdict(end, exited, limits)};
}

}  // namespace docwright
