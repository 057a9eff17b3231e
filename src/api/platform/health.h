// /healthz (the process answers), /readyz (store, blobs and engines can work now), /metrics (contract/platform.md, 5).
// What is asked comes as functions, so that this folder knows neither engines nor stores.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/http/router.h"
#include "api/platform/metrics.h"

namespace docwright::platform {

struct Probe {
    std::string name;             // "store", "engines"
    std::function<Status()> ask;  // may block: runs on the pool
};

struct HealthParts {
    http::Pool& pool;
    Metrics& metrics;
    std::vector<Probe> probes;
    std::function<std::vector<Reading>()> gauges;  // may block: runs on the pool
};

// `parts` outlives the router.
void add_health_routes(HealthParts& parts, http::Router& root);

}  // namespace docwright::platform
