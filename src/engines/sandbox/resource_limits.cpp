#include "engines/sandbox/resource_limits.h"

#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

namespace docwright {
namespace {

Status limit(__rlimit_resource resource, rlim_t soft, rlim_t hard, const char* name) {
    rlimit now{};
    ::getrlimit(resource, &now);
    rlimit wanted{std::min(soft, now.rlim_max), std::min(hard, now.rlim_max)};
    if (::setrlimit(resource, &wanted) != 0) {
        return Error{Fault::Unavailable, "The resource limits of engines cannot be set.", std::string(name) + ": " + std::strerror(errno)};
    }
    return success();
}

}  // namespace

bool memory_limit_works() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return false;
#else
    return true;
#endif
}

Status set_resource_limits(const ResourceLimits& wanted) {
    auto seconds = static_cast<rlim_t>(wanted.cpu_seconds);
    TRY(limit(RLIMIT_CORE, 0, 0, "RLIMIT_CORE"));
    TRY(limit(RLIMIT_CPU, seconds, seconds + 1, "RLIMIT_CPU"));
    TRY(limit(RLIMIT_FSIZE, wanted.file_bytes, wanted.file_bytes, "RLIMIT_FSIZE"));
    auto files = static_cast<rlim_t>(wanted.open_files);
    TRY(limit(RLIMIT_NOFILE, files, files, "RLIMIT_NOFILE"));
    if (memory_limit_works()) TRY(limit(RLIMIT_AS, wanted.address_bytes, wanted.address_bytes, "RLIMIT_AS"));
    return success();
}

Status set_output_limit(std::uint64_t file_bytes) { return limit(RLIMIT_FSIZE, file_bytes, RLIM_INFINITY, "RLIMIT_FSIZE"); }

}  // namespace docwright
