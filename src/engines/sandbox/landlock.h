// Landlock: the kernel refuses every path, TCP connection, abstract socket and signal to a process that gave them up.
// Descriptors that are already open go on working.
// Source: Linux Documentation/userspace-api/landlock.rst; Debian 12's header knows ABI 2, newer bits are named here.
#pragma once

#include <span>
#include <string>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace docwright {

int landlock_abi();  // 0: this kernel has no Landlock

// A rule set that handles everything the kernel's ABI knows and allows nothing. Made once, used by many children.
// Error: Unavailable where the kernel has no Landlock.
Result<FileDescriptor> make_empty_ruleset();

struct AllowedPath {
    enum class Use { Read, Execute, Write };  // Execute: and read; Write: and read, also making and removing below it
    std::string path;
    Use use = Use::Read;
};

// Likewise, with these and all below them allowed. A path that does not exist is passed over: there is nothing to allow.
Result<FileDescriptor> make_ruleset(std::span<const AllowedPath> paths);

// A rule set that allows reading the named files, and the files below the named folders; what is not there is passed over. Every
// TCP connection is allowed, listening is not. Error: Unavailable where the kernel has no Landlock.
Result<FileDescriptor> make_reading_ruleset(std::span<const std::string> readable);

// For the calling thread and all it creates, for ever. Needs no_new_privs.
Status restrict_by(const FileDescriptor& ruleset);

}  // namespace docwright
