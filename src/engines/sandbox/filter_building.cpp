#include "engines/sandbox/filter_building.h"

#include <linux/filter.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "base/file_descriptor.h"

namespace docwright {

Error seccomp_refused(const char* call, int code) {
    return Error{Fault::Unavailable, "seccomp, which limits the system calls of engines, is not available.",
                 std::string(call) + ": " + std::strerror(code)};
}

Result<std::vector<std::uint64_t>> exported_program(scmp_filter_ctx rules) {
    FileDescriptor file(::memfd_create("filter", MFD_CLOEXEC));
    if (!file.open()) return seccomp_refused("memfd_create", errno);
    if (int code = ::seccomp_export_bpf(rules, file.get()); code != 0) return seccomp_refused("seccomp_export_bpf", -code);
    static_assert(sizeof(sock_filter) == sizeof(std::uint64_t));
    const off_t size = ::lseek(file.get(), 0, SEEK_END);
    if (size <= 0) return seccomp_refused("lseek", errno);
    std::vector<std::uint64_t> program(static_cast<std::size_t>(size) / sizeof(sock_filter));
    if (::pread(file.get(), program.data(), static_cast<std::size_t>(size), 0) != size) return seccomp_refused("pread", errno);
    return program;
}

}  // namespace docwright
