#include "cli/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace docwright {
namespace {

namespace fs = std::filesystem;

Error storage(std::string_view what, const fs::path& path) {
    return Error{Fault::Internal, fmt::format("Cannot {} {}: {}.", what, path.string(), std::strerror(errno)), {}, "STORAGE_ERROR"};
}

}  // namespace

Result<OutputFile> OutputFile::create(const fs::path& folder) {
    fs::path place = folder.empty() ? fs::path(".") : folder;
    std::error_code error;
    fs::create_directories(place, error);
    // Without a name where the file system can: a killed run leaves nothing.
    FileDescriptor file(open(place.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0666));
    if (file.open()) return OutputFile(std::move(file), place, {});
    std::string draft = place / ".docwright-XXXXXX";
    file = FileDescriptor(mkostemp(draft.data(), O_CLOEXEC));
    if (!file.open()) return storage("write into", place);
    return OutputFile(std::move(file), place, draft);
}

OutputFile::~OutputFile() {
    if (file_.open() && !draft_.empty()) unlink(draft_.c_str());
}

FileDescriptor OutputFile::duplicate() const { return FileDescriptor(fcntl(file_.get(), F_DUPFD_CLOEXEC, 0)); }

Status OutputFile::keep_as(const fs::path& name) { return move_to(folder_ / name); }

Status OutputFile::keep_durably_at(const fs::path& path) {
    if (fsync(file_.get()) != 0) return storage("write", path);
    TRY(move_to(path));
    const FileDescriptor folder(open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.open() || fsync(folder.get()) != 0) return storage("write", path);
    return success();
}

Status OutputFile::move_to(const fs::path& target) {
    if (draft_.empty()) {
        // linkat cannot replace, rename can: so it gets a name beside the target first.
        fs::path beside = folder_ / fmt::format(".docwright-{}-{}", getpid(), file_.get());
        std::string self = fmt::format("/proc/self/fd/{}", file_.get());
        if (linkat(AT_FDCWD, self.c_str(), AT_FDCWD, beside.c_str(), AT_SYMLINK_FOLLOW) != 0) return storage("write", beside);
        draft_ = beside;
    } else {
        mode_t mask = umask(0);
        umask(mask);
        fchmod(file_.get(), 0666 & ~mask);
    }
    if (rename(draft_.c_str(), target.c_str()) != 0) return storage("write", target);
    draft_.clear();
    file_.reset();
    return success();
}

Status copy_file(int from, int to) {
    for (off_t at = 0;;) {
        constexpr std::size_t kAtOnce = 64UL * 1024 * 1024;
        const ssize_t copied = sendfile(to, from, &at, kAtOnce);
        if (copied == 0) return success();
        if (copied < 0 && errno != EINTR) return storage("write", "the result");
    }
}

}  // namespace docwright
