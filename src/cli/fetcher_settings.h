// The fetcher as the configuration wants it.
#pragma once

#include "cli/configuration.h"
#include "outgoing/fetcher/fetcher_process.h"

namespace docwright {

// `log_failures`: a server's; a command's failures are its results.
FetcherSettings fetcher_settings(const Configuration& configuration, bool log_failures);

}  // namespace docwright
