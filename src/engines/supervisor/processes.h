// What /proc says about the processes that engines are made of. Never believed from an engine itself.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <vector>

namespace docwright {

// Memory of each process group of this machine, by the number of its leader, in bytes: what its processes do not share, and the
// largest share once. Close to the proportional size that the kernel would tell of readable processes only.
std::map<pid_t, std::uint64_t> memory_of_groups();

// Every process of the session, living or dead, and all that these have started, also outside of it.
std::vector<pid_t> processes_of_session(pid_t session);

}  // namespace docwright
