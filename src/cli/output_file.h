// A result file of the command line: it appears under its name whole or not at all.
#pragma once

#include <filesystem>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace docwright {

class OutputFile {
public:
    // In `folder`, which is made if it is not there. Error: Internal with STORAGE_ERROR.
    static Result<OutputFile> create(const std::filesystem::path& folder);
    OutputFile(OutputFile&&) = default;
    OutputFile& operator=(OutputFile&&) = delete;
    ~OutputFile();  // not kept: nothing stays

    const FileDescriptor& file() const { return file_; }
    FileDescriptor duplicate() const;
    // Under `name` in the folder, in place of what stood there.
    Status keep_as(const std::filesystem::path& name);
    // At `path` of the same file system; there still after a power cut, once this has returned.
    Status keep_durably_at(const std::filesystem::path& path);

private:
    Status move_to(const std::filesystem::path& target);
    OutputFile(FileDescriptor file, std::filesystem::path folder, std::filesystem::path draft)
        : file_(std::move(file)), folder_(std::move(folder)), draft_(std::move(draft)) {}

    FileDescriptor file_;
    std::filesystem::path folder_;
    std::filesystem::path draft_;  // its present name; empty: it has none
};

// All bytes of an open file, from its start. Error: Internal with STORAGE_ERROR.
Status copy_file(int from, int to);

}  // namespace docwright
