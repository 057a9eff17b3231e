#include "engines/supervisor/verdict.h"

#include <fmt/format.h>
#include <signal.h>

namespace docwright {
namespace {

Error over_limit(std::string_view what, std::string_view limit) {
    return Error{Fault::LimitExceeded, fmt::format("The document needs more {} than a task may use (limit: {}).", what, limit)};
}

Error lost(std::string detail) {
    return Error{Fault::EngineLost, "The engine was lost while it worked on the document.", std::move(detail)};
}

// The socket closed without an answer.
Error death(const JobEnd& end, const std::optional<ExitedMessage>& exited, const EngineLimits& limits) {
    if (end.over_memory || (end.dying && end.dying->memory))
        return over_limit("memory", fmt::format("memory, {} MB", limits.address_bytes / (1024 * 1024)));
    if (!exited) return lost("the engine's parent was lost too");
    bool cpu_used_up = exited->signal == SIGKILL && exited->cpu >= limits.cpu_seconds * kMicrosecondsPerSecond;
    if (exited->signal == SIGXCPU || cpu_used_up) return over_limit("computing time", fmt::format("cpu, {} s", limits.cpu_seconds));
    if (exited->signal == SIGXFSZ)
        return over_limit("room for its result", fmt::format("output, {} MB", limits.output_bytes / (1024 * 1024)));
    if (exited->signal == SIGSYS) return lost(fmt::format("forbidden system call {}", end.dying ? end.dying->system_call : -1));
    if (exited->signal != 0)
        return lost(fmt::format("signal {} after {} ms of processor time, {} MB", exited->signal, exited->cpu / 1000,
                                exited->memory_bytes / (1024 * 1024)));
    return lost(fmt::format("exit code {} without an answer", exited->code));
}

}  // namespace

Result<EngineOutcome> verdict(const JobEnd& end, const std::optional<ExitedMessage>& exited, const EngineLimits& limits) {
    switch (end.how) {
        case JobEnd::How::Done: return EngineOutcome{end.done.format, end.done.data, end.wall, end.done.cpu, end.done.memory_bytes};
        case JobEnd::How::Failed: return end.failure;
        case JobEnd::How::Closed: return death(end, exited, limits);
        case JobEnd::How::Nonsense: return lost(end.failure.message + " " + end.failure.detail);
        case JobEnd::How::TooManyMessages: return over_limit("messages", "messages");
        case JobEnd::How::Deadline: {
            Error error{Fault::LimitExceeded,
                        fmt::format("The task took longer than {} seconds (limit: time).", limits.wall_milliseconds / 1000.0)};
            error.reason = "TIMEOUT";
            return error;
        }
        case JobEnd::How::Cancelled: return Error{Fault::Conflict, "The task was cancelled.", {}, "CANCELLED"};
    }
    return lost("unknown end");
}

}  // namespace docwright
