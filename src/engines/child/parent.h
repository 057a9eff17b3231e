// The engine's parent process: lets its kind load what all children share, gives up privileges once, then makes children ahead of
// demand. It never sees a document, and has one thread.
// It ends when the supervisor's end of the channel closes or the supervisor dies; its children end with it.
#pragma once

#include <span>

#include "core/operation.h"
#include "engines/child/kind.h"

namespace docwright {

// Number of the socket that the supervisor hands over.
constexpr int kParentChannel = 3;

// All of the engine program but its operations and kinds. Exit code 0: the supervisor closed the channel; 1: Broken was sent.
int engine_main(int argument_count, char** arguments, std::span<const Operation* const> operations, std::span<EngineKind* const> kinds);

// ---- its part ------------------------------------------------------------------------------------------------------

// Makes children, hands them to the supervisor and buries them, until the channel closes. Where a child leads a process group of
// its own (jobs > 1), the whole group ends with it, and whatever it left behind elsewhere.
// Error: Unavailable: a child could not confine itself or warm up.
Status keep_children(const ParentSettings& settings, EngineKind& kind, std::span<const Operation* const> operations);

}  // namespace docwright
