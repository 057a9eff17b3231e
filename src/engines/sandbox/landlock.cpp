#include "engines/sandbox/landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>

namespace docwright {
namespace {

struct RulesetAttributes {  // ABI 6; older kernels read a shorter head of it
    std::uint64_t handled_files;
    std::uint64_t handled_network;
    std::uint64_t scoped;
};

// All file rights by ABI: 1 has 13, 2 adds REFER, 3 TRUNCATE, 5 IOCTL_DEV.
constexpr std::uint64_t all_files(int abi) {
    int rights = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;
    return (1ULL << rights) - 1;
}
constexpr std::uint64_t kBindAndConnectTcp = 3;  // ABI 4
constexpr std::uint64_t kBindTcp = 1;
constexpr std::uint64_t kAbstractSocketsAndSignals = 3;  // ABI 6
constexpr std::size_t attributes_size(int abi) {
    return abi >= 6 ? sizeof(RulesetAttributes) : abi >= 4 ? 2 * sizeof(std::uint64_t) : sizeof(std::uint64_t);
}

Error refused(const char* call) {
    return Error{Fault::Unavailable, "Landlock, which keeps engines away from files, is not available.",
                 std::string(call) + ": " + std::strerror(errno)};
}

// `network`: what of TCP is handled, that is, forbidden where no rule allows it.
Result<FileDescriptor> bare_ruleset(std::uint64_t network) {
    int abi = landlock_abi();
    if (abi < 1) return refused("landlock_create_ruleset");
    RulesetAttributes attributes{all_files(abi), abi >= 4 ? network : 0, abi >= 6 ? kAbstractSocketsAndSignals : 0};
    long ruleset = ::syscall(SYS_landlock_create_ruleset, &attributes, attributes_size(abi), 0);  // closed on exec by the kernel
    if (ruleset < 0) return refused("landlock_create_ruleset");
    return FileDescriptor(static_cast<int>(ruleset));
}

// What each use of a folder, and of what is no folder, means in rights of ABI 1 to 5.
constexpr std::uint64_t kTruncate = 1ULL << 14;
constexpr std::uint64_t kReadFile = LANDLOCK_ACCESS_FS_READ_FILE;
constexpr std::uint64_t kReadFolder = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kWriteFile = LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate;
constexpr std::uint64_t kWriteFolder = kWriteFile | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                       LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                                       LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER;

std::uint64_t rights_of(AllowedPath::Use use, bool folder) {
    std::uint64_t rights = folder ? kReadFolder : kReadFile;
    if (use == AllowedPath::Use::Execute) rights |= LANDLOCK_ACCESS_FS_EXECUTE;
    if (use == AllowedPath::Use::Write) rights |= folder ? kWriteFolder : kWriteFile;
    return rights;
}

Status allow(const FileDescriptor& ruleset, const AllowedPath& allowed) {
    FileDescriptor path(::open(allowed.path.c_str(), O_PATH | O_CLOEXEC));
    if (!path.open()) return success();
    struct stat facts {};
    if (::fstat(path.get(), &facts) != 0) return refused("fstat");
    landlock_path_beneath_attr rule{};
    rule.allowed_access = rights_of(allowed.use, S_ISDIR(facts.st_mode)) & all_files(landlock_abi());
    rule.parent_fd = path.get();
    if (::syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) return refused("landlock_add_rule");
    return success();
}

}  // namespace

int landlock_abi() {
    long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return abi < 0 ? 0 : static_cast<int>(abi);
}

Result<FileDescriptor> make_empty_ruleset() { return bare_ruleset(kBindAndConnectTcp); }

Result<FileDescriptor> make_reading_ruleset(std::span<const std::string> readable) {
    FileDescriptor ruleset = TRY(bare_ruleset(kBindTcp));
    for (const std::string& path : readable) TRY(allow(ruleset, {path, AllowedPath::Use::Read}));
    return ruleset;
}

Result<FileDescriptor> make_ruleset(std::span<const AllowedPath> paths) {
    FileDescriptor ruleset = TRY(make_empty_ruleset());
    for (const AllowedPath& path : paths) TRY(allow(ruleset, path));
    return ruleset;
}

Status restrict_by(const FileDescriptor& ruleset) {
    if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) return refused("landlock_restrict_self");
    return success();
}

}  // namespace docwright
