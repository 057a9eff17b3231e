// docwright doctor: what keeps engines confined on this machine, and whether it holds.
#pragma once

#include "cli/configuration.h"

namespace docwright {

// Starts each engine, prints what is in force, tries the forbidden things in real children, and lists the operations of engines that
// are not there. Exit code: 0 all is well, 1 not: an engine that nobody asked for by name may be missing.
int doctor(const Configuration& chosen);

}  // namespace docwright
