// Which files of a folder are finished and wait for work: told by inotify, and by looking at all of them now and then, for what
// inotify does not tell (files there before, network file systems, a queue that ran over).
// A file is finished when nobody has it open for writing and nothing has changed for a while; a short one after it was closed or
// moved in, a longer one otherwise. Names that programs give to what they are still writing are passed over, and so is all that
// begins with a dot; only regular files count, no links. Times: steady, passed in by the caller. One thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "cli/watch_journal.h"

namespace docwright {

struct WatchedFolder {
    std::filesystem::path root;
    bool recursive = false;
    std::vector<std::filesystem::path> left_out = {};  // folders below it that are not looked at: where the results go
    // Whether the file, its path relative to the root, is work to do as far as its name and stamp tell.
    std::function<bool(const std::string& file, const FileStamp& stamp)> wanted;
};

class FolderWatcher {
public:
    using Time = std::chrono::steady_clock::time_point;

    // Error: NotFound: no such folder; Unavailable: it cannot be watched.
    static Result<FolderWatcher> open(WatchedFolder folder, Time now);

    // Takes what inotify tells by now, and looks at the whole folder when it is time.
    void look(Time now);
    // Files that are finished; each is forgotten here until it changes again or again() is called.
    std::vector<std::string> take_finished(Time now);
    void again(const std::string& file, Time when);  // looks at it anew, not before `when`

    bool idle() const { return candidates_.empty(); }
    int descriptor() const { return inotify_.get(); }
    Time next(Time now) const;  // when there may be something without a word of inotify

private:
    struct Candidate {
        FileStamp stamp;
        Time since;           // the last change that was seen
        bool closed = false;  // by its writer, as inotify says
    };
    explicit FolderWatcher(WatchedFolder folder) : folder_(std::move(folder)) {}
    void look_everywhere(Time now);
    void look_into(const std::filesystem::path& below, Time now);
    void watch(const std::filesystem::path& below);
    void notice(const std::string& file, bool closed, Time now);
    void take_event(int watch, std::uint32_t what, const std::string& name, Time now);

    WatchedFolder folder_;
    FileDescriptor inotify_;
    std::map<int, std::filesystem::path> watches_;  // watch descriptor → folder, relative to the root
    std::map<std::string, Candidate> candidates_;
    Time next_look_ = {};
};

// The name of something that another program has not finished yet, or never meant for us.
bool is_unfinished_name(std::string_view name);

}  // namespace docwright
