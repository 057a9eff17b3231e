// One job with one child, from handing it over to the end of the process. The child is not trusted.
#pragma once

#include <optional>
#include <string>

#include "engines/protocol/messages.h"
#include "engines/supervisor/child_pool.h"
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
};

// Returns when the child's process has ended, of itself or by our hand: from then on nobody writes to the job's files.
JobEnd converse(const WaitingChild& child, const EngineJob& job, int threads, JobObserver& observer);

}  // namespace docwright
