// How core's task runner reaches the engines: an EngineTask becomes a job of the supervisor, its end an answer or an error.
#pragma once

#include "api/platform/metrics.h"
#include "cli/engines.h"
#include "cli/open_network.h"
#include "core/tasks/runner.h"

namespace docwright {

// `engines` and `metrics` outlive the function. Without `open_network` web pages have no network at all.
RunEngine engine_runner(const Engines& engines, platform::Metrics& metrics, OpenNetwork open_network = {});

std::string engine_version();

}  // namespace docwright
