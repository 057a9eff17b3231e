// One file of a watched folder: which operation it gets, its conversion, where the result goes, and what becomes of it on failure.
// In the order that makes a kill at any moment harmless: the result's name is noted, the result appears whole under it, the input is
// noted as done. Killed before the last step, the same input gives the same result under the same name again.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "cli/local_run.h"
#include "cli/watch_journal.h"
#include "core/operation.h"

namespace docwright {

struct WatchWork {
    std::filesystem::path in, out, failed;
    const Operation* operation = nullptr;  // nullptr: by the type of the file
    json::object values = {};              // checked; of `operation`
    std::string password = {};
    Microseconds analysis_time = 0;
};

// What WatchJournal calls the work: another operation or other values are another one.
std::string name_of_work(const WatchWork& work);

// The operation for a file, by its name; nullptr: none reads it, or none that is there.
const Operation* operation_for(const WatchWork& work, const std::filesystem::path& file);

enum class Watched {
    Done,
    Known,    // done before, byte for byte
    Gone,     // taken away before its turn
    Changed,  // while it was read: it comes again
    Failed,   // moved to `failed`, with NAME.error.json beside it
    Later     // not its fault: no engine, no room on the disk, stopped; it stays where it is
};

struct WatchOutcome {
    Watched what = Watched::Done;
    std::string text = {};  // the result's path relative to `out`; where it was moved to; or why not
    std::string code = {};  // of a failure, as a task has it
};

// How an order reaches its engine: run_into() with the right supervisor. Called by several threads at once.
using RunOrder = std::function<Result<EngineOutcome>(const LocalOrder& order, std::vector<JobInput> inputs, FileDescriptor output,
                                                     JobObserver& observer)>;

// `file`: relative to `in`, with an operation. Any number at once, of different files.
WatchOutcome convert_watched(const WatchWork& work, WatchJournal& journal, const RunOrder& run, const std::string& file,
                             JobObserver& observer);

}  // namespace docwright
