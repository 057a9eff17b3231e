// How core's task runner reaches the engines: an EngineTask becomes a job of the supervisor, its end an answer or an error.
#pragma once

#include "api/platform/metrics.h"
#include "core/tasks/runner.h"
#include "engines/supervisor/supervisor.h"

namespace docwright {

// Both outlive the function.
RunEngine engine_runner(Supervisor& supervisor, platform::Metrics& metrics);

std::string engine_version();

}  // namespace docwright
