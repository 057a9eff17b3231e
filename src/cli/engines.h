// The engines of this program: for each kind that is enabled and installed a supervisor, and why each of the others is not there.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/configuration.h"
#include "core/tasks/runner.h"
#include "engines/supervisor/supervisor.h"

namespace docwright {

constexpr Engine kAllEngines[] = {Engine::Pdf, Engine::Office, Engine::Web};

std::string engine_name(Engine engine);  // "pdf": as in settings, on the command line and in metrics

struct RunningEngine {
    EngineLanes lanes;
    std::unique_ptr<Supervisor> supervisor;
};

struct Engines {
    std::vector<RunningEngine> running;     // in the order of kAllEngines
    std::map<Engine, std::string> missing;  // why, for a person
    std::string isolation = "document";     // the setting

    Supervisor* of(Engine engine) const;  // nullptr: missing
    std::string why_missing(Engine engine) const;
};

// What the configuration says about one kind, for the server.
SupervisorSettings supervisor_settings(const Configuration& chosen, Engine engine);

// Starts all kinds at the same time and waits for their self-tests. With the setting `engines` empty, a kind that is not installed is
// missing; a kind that is named there must start.
// Error: as Supervisor::start, naming the engine.
Result<Engines> start_engines(const Configuration& chosen);

// "" or names with commas → kinds. Error: InvalidInput.
Result<std::vector<Engine>> engines_named(std::string_view names);

}  // namespace docwright
