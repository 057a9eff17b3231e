// The fetcher's program: `docwright fetcher`, started by docwright with its end of the control socket as descriptor 3.
#pragma once

#include <sys/types.h>

#include "outgoing/network.h"

namespace docwright {

constexpr int kFetcherControl = 3;  // descriptor of the socket to docwright

// Ends with docwright (`supervisor`, whose child it is), at the latest. Exit code: 0 fine, 1 could not begin, 2 not started by docwright.
int fetcher_main(pid_t supervisor, Network network);

}  // namespace docwright
