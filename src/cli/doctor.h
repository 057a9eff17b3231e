// docwright doctor: what keeps engines confined on this machine, and whether it holds.
#pragma once

#include "engines/supervisor/supervisor.h"

namespace docwright {

// Starts an engine, prints what is in force and tries the forbidden things in real children. Exit code: 0 all is well, 1 not.
int doctor(SupervisorSettings settings);

}  // namespace docwright
