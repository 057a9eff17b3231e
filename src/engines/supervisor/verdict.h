// How a job ended → what its caller is told. A pure table: no process, no time.
#pragma once

#include "engines/supervisor/conversation.h"

namespace docwright {

// `exited` is what the kernel said; it counts for more than anything the child said about itself.
Result<EngineOutcome> verdict(const JobEnd& end, const std::optional<ExitedMessage>& exited, const EngineLimits& limits);

}  // namespace docwright
