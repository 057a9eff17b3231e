// The engine's parent process as the supervisor sees it: started, spoken to over one socket, killed.
#pragma once

#include <sys/types.h>

#include <string>

#include "base/file_descriptor.h"
#include "base/result.h"

namespace docwright {

struct ParentOrder {
    std::string path;  // of the program
    std::string kind = "pdf";
    int spares = 1;
    std::string user;
    bool allow_weak_sandbox = false;
    bool keep_messages = false;
    bool checksums = false;
    bool by_tenant = false;
};

struct ParentProcess {
    pid_t process = 0;
    FileDescriptor handle;  // pidfd
    FileDescriptor channel;
};

// The kernel kills the parent when the calling *thread* ends, so that thread must live as long as the parent shall.
// The parent gets no environment of ours: no credential can leak into an engine. Error: Unavailable.
Result<ParentProcess> start_parent(const ParentOrder& order);

// Kills it and all its children, and waits for their ends: no zombie is left.
void end_parent(ParentProcess& parent);

std::string path_beside_this_program(std::string_view name);

}  // namespace docwright
