// A child of the engine: confines itself, warms up, says Ready, does jobs, ends. It never returns to the parent's code.
// Everything that reads a client's bytes happens here and nowhere else.
//
//   single use   Ready → job → Started → Done or Failed → the process ends
//   reusable     Ready → job → Started → Done or Failed → (cleaning) → Ready → job …   until the supervisor closes the channel
#pragma once

#include <sys/types.h>

#include <span>
#include <string_view>
#include <vector>

#include "base/file_descriptor.h"
#include "core/operation.h"
#include "engines/child/kind.h"
#include "engines/protocol/messages.h"

namespace docwright {

struct ChildSettings {
    std::span<const Operation* const> operations;
    ChildFolders folders;
    pid_t parent = 0;
};

[[noreturn]] void run_child(EngineKind& kind, const ChildSettings& settings, FileDescriptor channel);

// ---- its parts -----------------------------------------------------------------------------------------------------

// Signals that mean a crash say so on the channel before they end the process; a failed allocation ends it at once. For a kind's
// confine_child(), where its library does not need the signals itself.
void report_deaths();

// Does the job and sends Done or Failed. The descriptors in the order of the Job message; all are closed when it returns.
// false: the child is not whole.
bool run_job(EngineKind& kind, const ChildSettings& settings, const JobMessage& job, std::vector<FileDescriptor> descriptors);

// Tries one thing of protocol/forbidden_things.h, some of them on the process `other`. Result: 0 if it happened (the sandbox
// leaks), else errno.
int try_forbidden_thing(std::string_view name, pid_t other);

}  // namespace docwright
