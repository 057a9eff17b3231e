// The network of a job: the fetcher at the other end of a socket (outgoing/session).
#pragma once

#include <memory>

#include "engines/web/network.h"

namespace docwright::web {

// nullptr for -1: nothing can be reached. The descriptor stays the caller's.
std::unique_ptr<Network> network_over(int descriptor);

}  // namespace docwright::web
