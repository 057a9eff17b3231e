// The PDF Services wire (contract/pdf-services.md): what its handlers work with, and the table of its routes.
// Handlers read, check, make one call on core on the thread pool, and answer; a request holds a pool thread only meanwhile.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "api/http/exchange.h"
#include "api/http/router.h"
#include "base/log.h"
#include "core/core.h"

namespace docwright::pdf_services {

enum class CreatedStatus { Compatible, Always200, Always202 };  // setting taskCreatedStatus (contract, 3.1)

struct ServiceSettings {
    std::string public_url = {};  // "https://docs.example.org" in share links; empty: the request's own host
    CreatedStatus created_status = CreatedStatus::Compatible;
    bool document_info = false;  // GET /documents/{id} answers metadata (contract, 2.5)
};

struct Service {
    Core& core;
    http::Pool& pool;
    const Log& log;
    std::span<const Operation* const> operations;
    ServiceSettings settings;
    std::map<Engine, std::string> missing_engines = {};  // not installed or not enabled, and why; their operations are refused
    // What can be said of an address by its text alone; empty: nothing. Error: InvalidInput.
    std::function<Status(std::string_view url)> judge_url = {};
    std::atomic<bool> stopping{false};  // waiting polls answer at once
};

constexpr std::string_view kPrefix = "/pdf-services";
constexpr std::string_view kBase = "/pdf-services/api";

// The patterns are those below kBase. `service` outlives the router.
void add_routes(Service& service, http::Router& router);

}  // namespace docwright::pdf_services
