// What /metrics reads at the moment of asking: queue, engines, connections, credits.
#pragma once

#include <vector>

#include "api/http/server.h"
#include "api/platform/metrics.h"
#include "cli/engines.h"
#include "core/core.h"

namespace docwright {

std::vector<platform::Reading> gauges_of(Core& core, const Engines& engines, const http::Server& server, const http::Pool& pool);

}  // namespace docwright
