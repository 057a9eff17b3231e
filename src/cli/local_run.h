// One operation on files of this machine, in the same confined engines that the server uses, without a server.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/configuration.h"
#include "cli/open_network.h"
#include "core/operation.h"
#include "engines/supervisor/supervisor.h"

namespace docwright {

struct LocalOrder {
    const Operation* operation = nullptr;
    json::object values;             // checked
    std::string password = {};       // of all inputs; empty: none
    Microseconds analysis_time = 0;  // stands for "now" in results, so that repeats give the same bytes
    OpenNetwork open_network = {};   // for an operation of the web engine
};

// Where a result goes. Without a fixed name, the stem gets the extension of the result's format.
struct LocalTarget {
    std::filesystem::path folder;
    std::string name;
    bool name_is_stem = false;
};

// An engine for a command: `at_once` jobs at the same time, no self-tests beside the one at its start.
Result<std::unique_ptr<Supervisor>> start_local_engine(const Configuration& chosen, Engine engine, int at_once);

// A regular file, opened and hashed. Error: NotFound, InvalidInput.
Result<JobInput> open_local_input(const std::filesystem::path& path, const std::string& password);

// The same operation on inputs that are open, into an open file. Error: those of Supervisor::run.
Result<EngineOutcome> run_into(Supervisor& supervisor, const LocalOrder& order, std::vector<JobInput> inputs, FileDescriptor output,
                               JobObserver& observer);

Status copy_to_standard_output(int file);

// Gives the path of the result, or of "-" (standard output) for the folder "-".
// Error: those of Supervisor::run; NotFound for an input that cannot be read; Internal with STORAGE_ERROR.
Result<std::filesystem::path> run_locally(Supervisor& supervisor, const LocalOrder& order, const std::vector<std::filesystem::path>& inputs,
                                          const LocalTarget& target, JobObserver& observer);

// --analysis-time (ISO 8601 in UTC, or seconds), else SOURCE_DATE_EPOCH, else 1970. Error: InvalidInput.
Result<Microseconds> analysis_time(const std::string& option);

}  // namespace docwright
