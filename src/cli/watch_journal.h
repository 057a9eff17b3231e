// What a watched folder has become so far: which inputs are done, and whose every result's name is. Kept in OUT/.docwright-watch/, so
// that a restart, also one after kill -9, converts nothing twice and forgets nothing.
// A line a fact, tabs between its fields; the file only grows while it is in use and is tidied when it is opened:
//   name  RESULT  INPUT                                 results of INPUT go to RESULT; noted before the first one appears there
//   done  SHA256  SIZE  CHANGED  WITH  INPUT            converted; SIZE and CHANGED (its inode's time, ns) spare hashing it again
// A line that a power cut left unfinished is passed over. Paths are relative to OUT and IN. Threads: any.
// Errors: Internal with STORAGE_ERROR; Conflict: another docwright watches into the same folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace docwright {

// As the file system tells it, without reading the file.
struct FileStamp {
    std::uint64_t size = 0;
    std::int64_t changed_ns = 0;  // of the inode: writing, renaming and copying over all move it
    bool operator==(const FileStamp&) const = default;
};
std::optional<FileStamp> stamp_of(const std::filesystem::path& file);  // nothing: not there, or no regular file
std::optional<FileStamp> stamp_of(int descriptor);

class WatchJournal {
public:
    // `with` names the work: what was done with another operation or other values is not done. Facts about inputs and results that
    // are both gone are forgotten.
    static Result<std::unique_ptr<WatchJournal>> open(const std::filesystem::path& in, const std::filesystem::path& out, std::string with);

    std::filesystem::path folder() const { return folder_; }  // for drafts; emptied of them at the opening

    bool is_done(const std::string& input, const FileStamp& stamp) const;
    bool is_done(const std::string& input, const std::string& sha256) const;

    // Where the result of `input` goes: `wished`, unless that name is another input's or a stranger's file; then the name with the
    // input's whole file name in it, then with a number.
    Result<std::string> name_for(const std::string& input, const std::filesystem::path& wished);
    Status note_done(const std::string& input, const std::string& sha256, const FileStamp& stamp);

private:
    struct Done {
        std::string sha256;
        FileStamp stamp;
        std::string with;
    };
    WatchJournal(std::filesystem::path out, std::string with);
    Status lock();
    void read();
    Status tidy(const std::filesystem::path& in);
    Status append(const std::string& line);
    bool is_free(const std::string& result, const std::string& input) const;

    const std::filesystem::path out_, folder_;
    const std::string with_;
    FileDescriptor lock_file_, file_;
    mutable std::mutex lock_;                    // guards what follows, and the order of lines
    std::map<std::string, Done> done_;           // by input
    std::map<std::string, std::string> owners_;  // result → input
};

}  // namespace docwright
