#include "engines/child/folders.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace docwright {
namespace {

constexpr mode_t kOwnerOnly = 0700;

Status make_folder(const std::string& path, Fault fault) {
    if (::mkdir(path.c_str(), kOwnerOnly) == 0) return success();
    return Error{fault, "An engine cannot make its folder.", path + ": " + std::strerror(errno)};
}

}  // namespace

Result<ChildFolders> make_child_folders(std::string_view kind, std::int64_t number) {
    const std::string own = fmt::format("/tmp/docwright-{}-{}-{}", kind, ::getpid(), number);
    TRY(make_folder(own, Fault::Unavailable));
    return ChildFolders{own, own + "/job"};
}

void remove_child_folders(const ChildFolders& folders) {
    std::error_code ignored;  // a folder that stays takes room in the engine's own file system, until the parent ends
    if (!folders.own.empty()) std::filesystem::remove_all(folders.own, ignored);
}

Status make_job_folder(const ChildFolders& folders) { return folders.job.empty() ? success() : make_folder(folders.job, Fault::Internal); }

Status remove_job_folder(const ChildFolders& folders) {
    std::error_code error;
    if (!folders.job.empty()) std::filesystem::remove_all(folders.job, error);
    if (error) return Error{Fault::Internal, "An engine cannot empty its folder.", error.message()};
    return success();
}

}  // namespace docwright
