// One fetcher process: started and set up, and ended. For FetcherProcess only.
#pragma once

#include <sys/types.h>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "outgoing/fetcher/fetcher_process.h"

namespace docwright {

struct LaunchedFetcher {
    pid_t process = 0;
    FileDescriptor handle;  // pidfd
    FileDescriptor control;
    std::vector<FetcherFact> facts;
};

// The kernel kills the fetcher when the calling *thread* ends, so that thread must live as long as the fetcher shall.
// It gets no environment of ours. `stop`: becomes readable when nobody wants it any more. Error: Unavailable.
Result<LaunchedFetcher> launch_fetcher(const FetcherSettings& settings, int stop);

void end_fetcher(LaunchedFetcher& fetcher);  // kills it if need be; no zombie is left

}  // namespace docwright
