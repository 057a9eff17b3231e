// The engine's parent process: loads PDFium and the fonts once, gives up network, files and privileges once, then makes
// single-use children ahead of demand, each already confined. It never sees a document, and has one thread.
// It ends when the supervisor's end of the channel closes or the supervisor dies; its children end with it.
#pragma once

#include <sys/types.h>

#include <span>
#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "core/operation.h"
#include "engines/protocol/messages.h"
#include "engines/sandbox/system_calls.h"

namespace docwright {

// Number of the socket that the supervisor hands over.
constexpr int kParentChannel = 3;

struct ParentSettings {
    int spares = 1;    // children kept waiting
    std::string user;  // to become, when started by root
    bool allow_weak_sandbox = false;
    bool keep_messages = false;  // leave standard error open (development)
    bool checksums = false;      // of the fonts, among the facts
    pid_t supervisor = 0;        // process that must be our parent
};

// All of the engine program but its operations. Exit code 0: the supervisor closed the channel; 1: Broken was sent.
int engine_main(int argument_count, char** arguments, std::span<const Operation* const> operations);

// ---- its parts -----------------------------------------------------------------------------------------------------

// What the parent gave up, and what each child still has to.
struct Confinement {
    std::vector<SystemCallFilter> filter;  // one, or none where it cannot be had
    FileDescriptor ruleset;                // not open where Landlock cannot be had
    std::vector<EngineFact> facts;
};

// Error: Unavailable: a means is missing and weakness is not allowed.
Result<Confinement> confine_parent(const ParentSettings& settings);

// Makes children, hands them to the supervisor and buries them, until the channel closes.
// Error: Unavailable: a child could not confine itself.
Status keep_children(const ParentSettings& settings, const Confinement& confinement, std::span<const Operation* const> operations);

}  // namespace docwright
