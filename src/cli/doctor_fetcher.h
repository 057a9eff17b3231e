// The part of `docwright doctor` about the fetcher.
#pragma once

#include "outgoing/fetcher/fetcher_process.h"

namespace docwright {

// Starts a fetcher, prints what confines it and what it may reach beyond the open internet, and asks it for what it must refuse.
// Whether all is well.
bool print_fetcher(const FetcherSettings& settings);

}  // namespace docwright
