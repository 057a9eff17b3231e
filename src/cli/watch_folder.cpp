#include "cli/watch_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace docwright {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kQuietAfterClose(100);  // programs that write a file in two goes open it again at once
constexpr milliseconds kQuiet(2000);           // nobody said that it is closed: between two pieces of a slow copy
constexpr seconds kLookEvery(30);              // at the whole folder; a look costs a millisecond per few hundred files
constexpr std::size_t kEventBytes = 64 * 1024;

constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_MODIFY | IN_ATTRIB | IN_ONLYDIR;

constexpr std::array<std::string_view, 9> kUnfinishedEndings = {".part", ".partial", ".crdownload", ".download", ".tmp",
                                                                ".temp", ".swp",     ".filepart",   "~"};

// A lease for reading is given only while nobody has the file open for writing (fcntl(2)). Where there are no leases (network file
// systems, files of others), the time of quiet has to do.
bool is_being_written(const fs::path& file) {
    const FileDescriptor open_file(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!open_file.open()) return false;
    if (::fcntl(open_file.get(), F_SETLEASE, F_RDLCK) != 0) return errno == EAGAIN;
    ::fcntl(open_file.get(), F_SETLEASE, F_UNLCK);
    return false;
}

// How long ago the file last changed, by its own clock; never negative.
std::chrono::nanoseconds age_of(const FileStamp& stamp) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::max(std::chrono::nanoseconds(0),
                    std::chrono::duration_cast<std::chrono::nanoseconds>(now) - std::chrono::nanoseconds(stamp.changed_ns));
}

}  // namespace

bool is_unfinished_name(std::string_view name) {
    return name.empty() || name.starts_with('.') || name.starts_with("~$") ||
           std::ranges::any_of(kUnfinishedEndings, [&](std::string_view ending) { return name.ends_with(ending); });
}

Result<FolderWatcher> FolderWatcher::open(WatchedFolder folder, Time now) {
    FolderWatcher watcher(std::move(folder));
    std::error_code failed;
    if (!fs::is_directory(watcher.folder_.root, failed))
        return Error{Fault::NotFound, fmt::format("There is no folder {}.", watcher.folder_.root.string())};
    watcher.inotify_ = FileDescriptor(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    if (!watcher.inotify_.open())
        return Error{Fault::Unavailable, fmt::format("The folder {} cannot be watched.", watcher.folder_.root.string()),
                     std::strerror(errno)};
    watcher.look_everywhere(now);
    return watcher;
}

void FolderWatcher::look_everywhere(Time now) {
    next_look_ = now + kLookEvery;
    look_into({}, now);
}

// Watched before it is read: what comes in between is seen twice rather than never.
void FolderWatcher::look_into(const fs::path& below, Time now) {
    watch(below);
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder_.root / below, failed)) {
        const fs::path path = below / entry.path().filename();
        if (entry.symlink_status(failed).type() == fs::file_type::directory) {
            const bool named = !path.filename().string().starts_with('.');
            const bool own =
                std::ranges::any_of(folder_.left_out, [&](const fs::path& out) { return fs::equivalent(out, entry.path(), failed); });
            if (folder_.recursive && named && !own) look_into(path, now);
        } else {
            notice(path.string(), false, now);
        }
    }
}

// Where the system gives no more watches, the look at the whole folder has to do.
void FolderWatcher::watch(const fs::path& below) {
    const int number = ::inotify_add_watch(inotify_.get(), (folder_.root / below).c_str(), kEvents);
    if (number >= 0) watches_[number] = below;
}

void FolderWatcher::notice(const std::string& file, bool closed, Time now) {
    if (is_unfinished_name(fs::path(file).filename().string())) return;
    const std::optional<FileStamp> stamp = stamp_of(folder_.root / file);
    if (!stamp || !folder_.wanted(file, *stamp)) return;
    const auto [found, added] = candidates_.try_emplace(file);
    Candidate& candidate = found->second;
    const bool changed = candidate.stamp != *stamp;
    if (added) {
        candidate.since = now - std::min<std::chrono::nanoseconds>(age_of(*stamp), kQuiet);
    } else if (changed) {
        candidate.since = now;
    }
    candidate.closed = closed || (candidate.closed && !changed);
    candidate.stamp = *stamp;
}

void FolderWatcher::take_event(int watch, std::uint32_t what, const std::string& name, Time now) {
    if ((what & IN_Q_OVERFLOW) != 0) next_look_ = now;
    if ((what & IN_IGNORED) != 0) watches_.erase(watch);
    const auto folder = watches_.find(watch);
    if (folder == watches_.end() || name.empty()) return;
    const fs::path path = folder->second / name;
    if ((what & IN_ISDIR) != 0) {
        if (folder_.recursive && (what & (IN_CREATE | IN_MOVED_TO)) != 0) next_look_ = now;
    } else {
        notice(path.string(), (what & (IN_CLOSE_WRITE | IN_MOVED_TO)) != 0, now);
    }
}

void FolderWatcher::look(Time now) {
    alignas(inotify_event) std::array<char, kEventBytes> bytes;
    for (ssize_t count = 1; count > 0;) {
        count = ::read(inotify_.get(), bytes.data(), bytes.size());
        for (ssize_t at = 0; at < count;) {
            inotify_event event{};
            std::memcpy(&event, bytes.data() + at, sizeof event);
            const std::string name(event.len > 0 ? bytes.data() + at + sizeof event : "");
            take_event(event.wd, event.mask, name, now);
            at += static_cast<ssize_t>(sizeof event + event.len);
        }
    }
    if (now >= next_look_) look_everywhere(now);
}

std::vector<std::string> FolderWatcher::take_finished(Time now) {
    std::vector<std::string> finished;
    for (auto each = candidates_.begin(); each != candidates_.end();) {
        auto& [file, candidate] = *each;
        const std::optional<FileStamp> stamp = stamp_of(folder_.root / file);
        if (!stamp) {
            each = candidates_.erase(each);
            continue;
        }
        if (*stamp != candidate.stamp) candidate = {*stamp, now, false};
        if (now - candidate.since >= (candidate.closed ? kQuietAfterClose : kQuiet)) {
            if (!is_being_written(folder_.root / file)) {
                finished.push_back(file);
                each = candidates_.erase(each);
                continue;
            }
            candidate.since = now;
        }
        ++each;
    }
    return finished;
}

void FolderWatcher::again(const std::string& file, Time when) {
    const std::optional<FileStamp> stamp = stamp_of(folder_.root / file);
    if (stamp) candidates_[file] = {*stamp, when - kQuiet, false};
}

FolderWatcher::Time FolderWatcher::next(Time now) const {
    Time earliest = next_look_;
    for (const auto& [file, candidate] : candidates_)
        earliest = std::min(earliest, candidate.since + (candidate.closed ? kQuietAfterClose : kQuiet));
    return std::max(earliest, now);
}

}  // namespace docwright
