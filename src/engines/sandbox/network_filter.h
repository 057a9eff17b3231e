// seccomp for a process that talks to other servers and to nobody else: internet sockets, reading files, threads; no other program,
// no process of its own, no local sockets, no look at other processes, no new code. What is not on the list is answered with EPERM.
#pragma once

#include "base/result.h"

namespace docwright {

// For the calling thread and all it creates, for ever. Needs no_new_privs. Error: Unavailable.
Status install_network_filter();

}  // namespace docwright
