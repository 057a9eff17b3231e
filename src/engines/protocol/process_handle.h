// pidfd: a handle on one process, which never comes to mean another one as process numbers do. By system call, because
// <sys/pidfd.h> of Debian 12 cannot be used from C++.
#pragma once

#include <signal.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/file_descriptor.h"

namespace docwright {

// Not open where the process is gone; errno says so. Becomes readable when the process has ended.
inline FileDescriptor open_process(pid_t process) { return FileDescriptor(static_cast<int>(::syscall(SYS_pidfd_open, process, 0))); }

// Lets all threads of the process give way to others of the machine. Nothing happens where the process is gone or not ours.
void lower_priority(const FileDescriptor& handle, int niceness);

inline void kill_process(int handle) { ::syscall(SYS_pidfd_send_signal, handle, SIGKILL, nullptr, 0); }
inline void kill_process(const FileDescriptor& handle) { kill_process(handle.get()); }

}  // namespace docwright
