// One job with one child, from handing it over to the end of the process. The child is not trusted.
#pragma once

#include <optional>
#include <string>

#include "engines/protocol/messages.h"
#include "engines/supervisor/roster.h"
#include "engines/supervisor/supervisor.h"

namespace docwright {

struct JobEnd {
    enum class How { Done, Failed, Closed, Nonsense, TooManyMessages, Deadline, Cancelled };
    How how = How::Closed;
    bool started = false;                    // false: the child was gone before the job came; another one may do it
    DoneMessage done = {};                   // Done
    Error failure = {Fault::Internal, {}};   // Failed: the operation's own error; Nonsense: what was wrong
    std::optional<DyingMessage> dying = {};  // the child's last words
    Microseconds wall = 0;
    bool over_memory = false;  // the pool killed it for its memory
    bool whole = false;        // the child lives and will say when it is ready again
};

// What of a job is decided here and not by its caller.
struct Handover {
    int output = -1;
    bool with_scratch = true;
    int threads = 1;
    ChildUse use = ChildUse::Once;
    int wall_milliseconds = limits::kTaskWallSeconds * 1000;
};

// Returns when the child's process has ended, of itself or by our hand: from then on nobody writes to the job's files. Only a child
// that may do another job (ChildUse::Again) lives on after an answer.
JobEnd converse(const EngineChild& child, const EngineJob& job, const Handover& handover, JobObserver& observer);

}  // namespace docwright
