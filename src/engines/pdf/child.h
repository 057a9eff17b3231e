// A child of the engine: confines itself, says Ready, waits, does one job, ends. It never returns to the parent's code.
// Everything that reads a client's bytes happens here and nowhere else.
#pragma once

#include <sys/types.h>

#include <span>
#include <string_view>
#include <vector>

#include "base/file_descriptor.h"
#include "core/operation.h"
#include "engines/protocol/messages.h"
#include "engines/sandbox/system_calls.h"

namespace docwright {

// The child's only connection. A fixed number, because the signal handlers need it and have no other way to know it.
constexpr int kChildChannel = 3;

struct ChildSettings {
    std::span<const Operation* const> operations;
    const SystemCallFilter* filter = nullptr;  // nullptr: not to be had (weak sandbox)
    const FileDescriptor* ruleset = nullptr;   // Landlock; likewise
    pid_t parent = 0;
};

[[noreturn]] void run_child(const ChildSettings& settings, FileDescriptor channel);

// ---- its parts -----------------------------------------------------------------------------------------------------

// Signals that mean a crash say so on the channel before they end the process; a failed allocation ends it at once.
void report_deaths();

// Does the job and sends Done or Failed. The descriptors in the order of the Job message.
void run_job(const JobMessage& job, std::vector<FileDescriptor> descriptors, std::span<const Operation* const> operations,
             WorkerThreads& workers);

// The operations that exist for the engine's own checks (protocol/probe_document.h).
std::span<const Operation* const> probe_operations();

// Text of the first page, which is also drawn once. The parent reads the probe document with it before the first fork, so that
// what PDFium builds on first use is shared by all children.
Result<std::string> read_probe(std::string_view document_bytes);

// Tries one thing of protocol/forbidden_things.h, some of them on the process `other`. Result: 0 if it happened (the sandbox
// leaks), else errno.
int try_forbidden_thing(std::string_view name, pid_t other);

}  // namespace docwright
