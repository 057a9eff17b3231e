// docwright audit verify: the event log against itself, the state and the stored bytes (contract/events.md, 7).
#pragma once

#include <string>

namespace docwright {

// Works beside a running server and without one; changes nothing. Prints to standard output.
// Gives the exit code: 1 broken, 2 unreadable, 3 consistent but not anchored (no signed checkpoint vouches for the log).
int audit_verify(const std::string& data_folder, bool all_heads);

}  // namespace docwright
