// The folder of one document: its bytes under a name of ours, what is written from them, and nothing else. It goes with all that
// is in it. Every document gets a new one, since LibreOffice takes what lies beside a document into account.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace docwright::office {

class JobFolder {
public:
    // A new folder below `scratch`. Error: Internal: it cannot be made.
    static Result<JobFolder> make(const std::string& scratch);
    JobFolder(JobFolder&& other) noexcept;
    JobFolder& operator=(JobFolder&&) = delete;
    JobFolder(const JobFolder&) = delete;
    JobFolder& operator=(const JobFolder&) = delete;
    ~JobFolder();

    std::string url_of(std::string_view name) const;  // file:///…
    // Errors: Internal: the disk is full, or the file is not there.
    Status write(std::string_view name, std::string_view bytes) const;
    Result<std::string> read(std::string_view name) const;

private:
    explicit JobFolder(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

// The URL of an absolute path. Only the characters that a path of ours has.
std::string file_url(std::string_view path);

// Removes the files below a folder but not its folders, which LibreOffice makes once and expects to stay.
void remove_files_below(const std::string& path);

}  // namespace docwright::office
