// The Document Generation wire (contract/docgen.md): what its handlers work with, and the table of its routes.
// A call reads its body on the pool, gets a place (places.h), has its document made by the engines on a pool of its own, so that
// slow documents hold no other wire up, and answers. Nothing of it is kept.
#pragma once

#include <map>
#include <stop_token>
#include <string>

#include "api/docgen/places.h"
#include "api/http/pool.h"
#include "api/http/router.h"
#include "core/core.h"
#include "core/tasks/runner.h"

namespace docwright::docgen_api {

struct Service {
    Service(Core& given_core, http::Pool& given_pool, const PlaceLimits& limits)
        : core(given_core), pool(given_pool), places(limits), engine_pool(static_cast<std::size_t>(limits.places), 0) {}

    Core& core;
    http::Pool& pool;  // for everything that is quick
    Places places;
    http::Pool engine_pool;                              // a thread for each place
    RunEngine run_engine = {};                           // set before the first request
    std::map<Engine, std::string> missing_engines = {};  // and why
    std::stop_source stopping = {};                      // the engines let go
};

constexpr std::string_view kPrefix = "/document-generation";

// Whole paths, in any case. `service` outlives the router.
void add_routes(Service& service, http::Router& router);

// Whether refusals at this path have the shape of this wire.
bool is_below_prefix(std::string_view path);

}  // namespace docwright::docgen_api
