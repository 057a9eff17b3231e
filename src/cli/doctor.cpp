#include "cli/doctor.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/engines.h"
#include "engines/supervisor/forbidden.h"
#include "operations/all.h"

namespace docwright {
namespace {

constexpr int kNameColumn = 40;

void row(bool good, std::string_view name, std::string_view value) {
    fmt::print("{}  {:<{}}  {}\n", good ? "ok  " : "FAIL", name, kNameColumn, value);
}

bool print_facts(const std::vector<EngineFact>& facts) {
    bool all = true;
    for (const EngineFact& fact : facts) {
        row(fact.in_force, fact.name, fact.value);
        all = all && fact.in_force;
    }
    return all;
}

bool print_attempts(const std::vector<ForbiddenAttempt>& attempts) {
    bool all = true;
    for (const ForbiddenAttempt& attempt : attempts) {
        row(attempt.prevented, attempt.thing.says, attempt.how);
        all = all && attempt.prevented;
    }
    return all;
}

void print_operations_without(Engine engine) {
    for (const Operation* operation : all_operations()) {
        if (operation->engine == engine) fmt::print("      {} is refused: {}\n", operation->name, operation->route);
    }
}

SupervisorSettings one_lane(const Configuration& chosen, Engine engine) {
    SupervisorSettings settings = supervisor_settings(chosen, engine);
    settings.lanes = 1;
    settings.spares = engine == Engine::Pdf ? 2 : 1;
    settings.self_test_seconds = 0;
    settings.font_checksums = true;
    return settings;
}

bool examine(Supervisor& supervisor) {
    fmt::print("What a process of the {} engine runs under:\n", supervisor.kind());
    const bool in_force = print_facts(supervisor.facts());
    fmt::print("\nWhat it tried and could not do:\n");
    const bool prevented = print_attempts(try_forbidden_things(supervisor));
    const bool passed = supervisor.self_test().ok();
    fmt::print("\n");
    row(passed, "self-test", passed ? "the probe document was read" : "failed");
    return in_force && prevented && passed;
}

enum class Named { No, Yes };  // by the operator

bool examine_kind(const Configuration& chosen, Engine engine, Named named) {
    Result<std::unique_ptr<Supervisor>> started = Supervisor::start(one_lane(chosen, engine));
    if (started.ok()) return examine(*started.value());
    const bool may_be_missing = named == Named::No && engine != Engine::Pdf && started.error().fault == Fault::Unsupported;
    const std::string name = fmt::format("engine {}", engine_name(engine));
    if (may_be_missing) {
        fmt::print("--    {:<{}}  {}\n", name, kNameColumn, started.error().message);
    } else {
        row(false, name, started.error().message);
    }
    if (!started.error().detail.empty()) fmt::print("      {}\n", started.error().detail);
    print_operations_without(engine);
    return may_be_missing;
}

}  // namespace

int doctor(const Configuration& chosen) {
    fmt::print("docwright {}\n\n", DOCWRIGHT_VERSION);
    Result<std::vector<Engine>> named = engines_named(chosen.engines);
    if (!named.ok()) {
        row(false, "engines", named.error().message);
        return 1;
    }
    const std::vector<Engine>& wanted = named.value();
    bool well = true;
    for (Engine engine : kAllEngines) {
        const bool asked_for = std::ranges::find(wanted, engine) != wanted.end();
        if (!wanted.empty() && !asked_for) continue;
        well = examine_kind(chosen, engine, asked_for ? Named::Yes : Named::No) && well;
        fmt::print("\n");
    }
    fmt::print("{}\n", well ? "All is well." : "See the lines marked FAIL.");
    return well ? 0 : 1;
}

}  // namespace docwright
