// Where every request comes in: finds its route, answers preflights, unknown addresses and wrong methods, adds the headers
// that all answers carry, writes the request log and counts.
#pragma once

#include "api/http/cors.h"
#include "api/http/router.h"
#include "api/platform/metrics.h"
#include "base/log.h"

namespace docwright::platform {

struct FrontDoor {
    http::Router root{};                       // patterns are whole paths: /healthz
    http::Router pdf_services{};               // patterns below /pdf-services/api
    http::Router docgen{http::PathCase::Any};  // whole paths below /document-generation
    http::CorsSettings cors = {};
    Metrics& metrics;
    const Log& log;
    const Clock& clock;
};

// The server's handler. `door` outlives it.
http::Handler handler_of(FrontDoor& door);

}  // namespace docwright::platform
