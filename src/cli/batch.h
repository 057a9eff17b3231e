// Many files through one operation: which inputs are meant, what their results are called, several at once, and a summary.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/local_run.h"

namespace docwright {

struct BatchItem {
    std::vector<std::filesystem::path> inputs;
    LocalTarget target;
};

// Files stand for themselves, folders for the files below them that the operation reads (by extension), patterns for what
// matches. One plain file goes to the file `output` ("-": standard output); everything else into the folder `output`, below
// it as it stood in its folder. In the order of the names, so that a run can be compared with the next.
// Error: NotFound when an input or every file of a folder is missing; InvalidInput when two results would have one name.
Result<std::vector<BatchItem>> plan_batch(const Operation& operation, const std::vector<std::string>& inputs, const std::string& output);

// Whether the operation reads files of this extension.
bool reads_by_name(const Operation& operation, const std::filesystem::path& file);

struct BatchFailure {
    std::string input;
    Error error;
};

struct BatchReport {
    int done = 0;
    std::vector<BatchFailure> failures;  // in the order of the items
};

// `at_once` items at a time. A progress bar on standard error if that is a terminal.
BatchReport run_batch(Supervisor& supervisor, const LocalOrder& order, const std::vector<BatchItem>& items, int at_once);

}  // namespace docwright
