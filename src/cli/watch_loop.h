// The watched folder at work: finished files go to a few threads, their outcomes into the log; until it is told to stop, or, with
// `once`, until nothing is left to do.
#pragma once

#include "cli/watch_convert.h"

namespace docwright {

struct WatchSettings {
    bool recursive = false;
    bool once = false;
    int at_once = 1;  // files
};

// SIGTERM and SIGINT, blocked by the caller in all threads, end it: what is being converted is dropped and comes again next time.
// Gives the exit code: 1 with `once` where a file failed or had to be left. Error: the folder or the journal cannot be used.
Result<int> watch_folder(const WatchWork& work, const WatchSettings& settings, const RunOrder& run);

}  // namespace docwright
