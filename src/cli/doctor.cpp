#include "cli/doctor.h"

#include <fmt/format.h>

#include "engines/supervisor/forbidden.h"

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

}  // namespace

int doctor(SupervisorSettings settings) {
    fmt::print("docwright {}\n\n", DOCWRIGHT_VERSION);
    settings.lanes = 1;
    settings.spares = 2;
    settings.self_test_seconds = 0;
    settings.font_checksums = true;
    Result<std::unique_ptr<Supervisor>> started = Supervisor::start(std::move(settings));
    if (!started.ok()) {
        row(false, "engine", started.error().message);
        if (!started.error().detail.empty()) fmt::print("      {}\n", started.error().detail);
        return 1;
    }
    fmt::print("What an engine process runs under:\n");
    bool in_force = print_facts(started.value()->facts());
    fmt::print("\nWhat an engine process tried and could not do:\n");
    bool prevented = print_attempts(try_forbidden_things(*started.value()));
    bool passed = started.value()->self_test().ok();
    fmt::print("\n");
    row(passed, "self-test", passed ? "the probe document was read" : "failed");
    fmt::print("{}\n", in_force && prevented && passed ? "All is well." : "See the lines marked FAIL.");
    return in_force && prevented && passed ? 0 : 1;
}

}  // namespace docwright
