// For tests: an operation's body, run in this process on bytes in memory.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "core/operation.h"

namespace docwright {

struct OperationRun {
    Result<TaskResult> result;
    std::string output;
};

inline OperationRun run_operation(const Operation& operation, std::string_view input, const json::object& values, std::string password = "",
                                  WorkerThreads* workers = nullptr, int scratch = -1) {
    class Unheard final : public Progress {
        void report(int, int) override {}
    } progress;
    TaskFiles files;
    files.inputs.push_back({input, "input.pdf", "", std::move(password)});
    files.workers = workers;
    files.scratch = scratch;
    files.output = memfd_create("output", 0);
    Result<TaskResult> result = operation.body.run(values, files, progress);
    std::string output(static_cast<std::size_t>(lseek(files.output, 0, SEEK_END)), '\0');
    lseek(files.output, 0, SEEK_SET);
    ssize_t read_bytes = read(files.output, output.data(), output.size());
    output.resize(read_bytes < 0 ? 0 : static_cast<std::size_t>(read_bytes));
    close(files.output);
    return {std::move(result), std::move(output)};
}

}  // namespace docwright
