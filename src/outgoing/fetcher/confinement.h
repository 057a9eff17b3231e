// What the fetcher gives up before it takes its first session: root, other users' files and its own, all programs, all local sockets.
// It keeps internet sockets, memory, threads, and reading what name resolution and TLS read.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "outgoing/fetcher/control_messages.h"

namespace docwright {

struct FetcherConfinement {
    std::string user;                 // whom a root fetcher becomes
    bool allow_weak_sandbox = false;  // go on where a means cannot be had
};

// For the calling thread, which must be the only one, and for ever; it also ends with its parent. Gives what is in force.
// Error: Unavailable: a means cannot be had and weakness is not allowed.
Result<std::vector<FetcherFact>> confine_fetcher(const FetcherConfinement& wanted);

// What must stay readable: files and folders, by their names.
std::vector<std::string> files_of_resolver_and_tls();

}  // namespace docwright
