#include "engines/office/job_folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

#include "base/file_descriptor.h"
#include "base/write_bytes.h"

namespace docwright::office {
namespace {

Error failed(const char* what) {
    return Error{Fault::Internal, "The office engine cannot use its scratch folder.", std::string(what) + ": " + std::strerror(errno)};
}

}  // namespace

Result<JobFolder> JobFolder::make(const std::string& scratch) {
    std::string path = scratch + "/document-XXXXXX";
    if (!::mkdtemp(path.data())) return failed("mkdtemp");
    return JobFolder(std::move(path));
}

JobFolder::JobFolder(JobFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

JobFolder::~JobFolder() {
    if (path_.empty()) return;
    std::error_code gone;  // what stays goes with the scratch folder
    std::filesystem::remove_all(path_, gone);
}

std::string JobFolder::url_of(std::string_view name) const { return file_url(path_ + "/" + std::string(name)); }

Status JobFolder::write(std::string_view name, std::string_view bytes) const {
    const std::string path = path_ + "/" + std::string(name);
    const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.open()) return failed("open");
    return write_bytes(file.get(), bytes);
}

Result<std::string> JobFolder::read(std::string_view name) const {
    const std::string path = path_ + "/" + std::string(name);
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat facts {};
    if (!file.open() || ::fstat(file.get(), &facts) != 0) return failed("open");
    std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t got = ::read(file.get(), bytes.data() + done, bytes.size() - done);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return failed("read");
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

std::string file_url(std::string_view path) { return "file://" + std::string(path); }

void remove_files_below(const std::string& path) {
    std::error_code gone;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path, gone)) {
        std::error_code unknown;
        if (entry.is_symlink(unknown) || !entry.is_directory(unknown)) files.push_back(entry.path());
    }
    for (const std::filesystem::path& file : files) std::filesystem::remove(file, gone);
}

}  // namespace docwright::office
