#include "cli/data_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/ids.h"

namespace docwright {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKeyCharacters = 43;  // 258 random bits
constexpr std::size_t kSmallFileBytes = 64 * 1024;

Error storage(std::string_view what, const fs::path& path) {
    return Error{Fault::Internal, fmt::format("Cannot {} {}: {}.", what, path.string(), std::strerror(errno)), {}, "STORAGE_ERROR"};
}

Status make_folder(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) return success();
    fs::create_directories(path.parent_path(), error);
    if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return storage("make the folder", path);
    return success();
}

Result<std::string> key_of(const fs::path& path, Random& random) {
    Result<std::string> kept = read_small_file(path);
    if (kept.ok() || kept.error().fault != Fault::NotFound) return kept;
    std::string key = new_secret(random, kKeyCharacters);
    TRY(write_private_file(path, key));
    return key;
}

Result<FileDescriptor> take_lock(const fs::path& path) {
    FileDescriptor lock(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock.open()) return storage("open", path);
    if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        return Error{Fault::Conflict, fmt::format("Another server works on {}.", path.parent_path().string())};
    }
    return lock;
}

Status sync_folder(const fs::path& folder) {
    FileDescriptor file(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file.open() || fsync(file.get()) != 0) return storage("write into", folder);
    return success();
}

}  // namespace

Status write_private_file(const fs::path& path, std::string_view text) {
    fs::path draft = path;
    draft += ".new";
    FileDescriptor file(open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!file.open()) return storage("write", draft);
    for (std::string_view rest = text; !rest.empty();) {
        ssize_t count = write(file.get(), rest.data(), rest.size());
        if (count <= 0) return storage("write", draft);
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    if (fsync(file.get()) != 0 || rename(draft.c_str(), path.c_str()) != 0) return storage("write", path);
    return sync_folder(path.parent_path());
}

Result<std::string> read_small_file(const fs::path& path) {
    FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.open() && errno == ENOENT) return Error{Fault::NotFound, fmt::format("There is no {}.", path.string())};
    if (!file.open()) return storage("read", path);
    std::string text(kSmallFileBytes, '\0');
    ssize_t count = read(file.get(), text.data(), text.size());
    if (count < 0) return storage("read", path);
    text.resize(static_cast<std::size_t>(count));
    return text;
}

Result<DataFolder> open_data_folder(const std::string& path, Sharing sharing, Random& random) {
    DataFolder folder{.path = fs::absolute(path).lexically_normal()};
    TRY(make_folder(folder.path));
    if (sharing == Sharing::Alone) folder.lock = TRY(take_lock(folder.path / "server.lock"));
    folder.credential_key = TRY(key_of(folder.path / "credential.key", random));
    return folder;
}

}  // namespace docwright
