// The fetcher at work: takes sessions from docwright, requests from their children, fetches several at once, and answers.
// One thread polls all sockets and owns all state; a few others do the blocking fetches and hand their answers back in a queue.
// A session that ends takes its fetches with it: their sockets are shut down.
#pragma once

#include "base/log.h"
#include "outgoing/fetch.h"
#include "outgoing/fetcher/session_budget.h"

namespace docwright {

struct FetcherWork {
    int control;           // socket of docwright: sessions come from it
    const Client& client;  // all three outlive the work
    SessionCaps caps;
    const Log* log = nullptr;  // gets a line for each fetch that failed; nullptr: none
};

// Until docwright's end is closed and the last session has ended. Error: Internal: the sockets cannot be watched.
Status serve_sessions(const FetcherWork& work);

}  // namespace docwright
