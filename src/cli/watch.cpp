// docwright watch IN OUT: converts what appears in a folder.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <csignal>
#include <memory>

#include "base/cores.h"
#include "cli/commands.h"
#include "cli/engines.h"
#include "cli/exit_codes.h"
#include "cli/fetcher_settings.h"
#include "cli/saying.h"
#include "cli/settings_options.h"
#include "cli/watch_loop.h"
#include "operations/all.h"

namespace docwright {
namespace {

namespace fs = std::filesystem;

struct WatchOptions {
    std::string in, out, failed;
    std::string operation;
    std::vector<std::string> parameters;  // NAME=VALUE
    std::string password;
    std::string analysis_time;
    WatchSettings settings;
    int jobs = 0;  // 0: one per core
    bool allow_weak_sandbox = false;
};

Result<json::object> values_of(const Operation& operation, const std::vector<std::string>& parameters) {
    json::object given;
    for (const std::string& parameter : parameters) {
        const std::size_t equals = parameter.find('=');
        if (equals == std::string::npos) return Error{Fault::InvalidInput, fmt::format("--param takes NAME=VALUE, not \"{}\".", parameter)};
        const std::string name = parameter.substr(0, equals);
        const auto known = std::ranges::find(operation.body.parameters, name, &Parameter::name);
        if (known == operation.body.parameters.end())
            return Error{Fault::InvalidInput, fmt::format("{} has no parameter \"{}\".", operation.name, name)};
        if (known->kind == ParameterKind::TextList) {
            if (!given.contains(name)) given[name] = json::array();
            given[name].as_array().emplace_back(parameter.substr(equals + 1));
        } else {
            given[name] = parameter.substr(equals + 1);
        }
    }
    return parse_values(operation, given);
}

Status must_be_apart(const fs::path& in, const fs::path& out) {
    std::error_code failed;
    if (fs::equivalent(in, out, failed))
        return Error{Fault::InvalidInput, "IN and OUT must be two folders: results would be taken for inputs."};
    return success();
}

Result<WatchWork> work_of(const WatchOptions& options) {
    WatchWork work{.in = options.in,
                   .out = options.out,
                   .failed = options.failed.empty() ? fs::path(options.out) / "failed" : fs::path(options.failed),
                   .password = options.password};
    TRY(must_be_apart(work.in, work.out));
    TRY(must_be_apart(work.in, work.failed));
    work.analysis_time = TRY(analysis_time(options.analysis_time));
    if (options.operation.empty()) {
        if (!options.parameters.empty()) return Error{Fault::InvalidInput, "--param belongs to an --operation."};
        return work;
    }
    work.operation = operation_named(all_operations(), options.operation);
    if (!work.operation)
        return Error{Fault::InvalidInput, fmt::format("There is no operation {}. `docwright operations` lists all.", options.operation)};
    if (work.operation->inputs.size() != 1)
        return Error{Fault::InvalidInput, fmt::format("{} does not take one file at a time.", options.operation)};
    work.values = TRY(values_of(*work.operation, options.parameters));
    return work;
}

// One operation needs its engine; without one, all that are installed convert what they read.
Configuration chosen_for(const WatchWork& work, Configuration chosen, const WatchOptions& options, int at_once) {
    if (work.operation) chosen.engines = engine_name(work.operation->engine);
    chosen.engine_lanes = chosen.office_lanes = chosen.web_lanes = at_once;
    chosen.allow_weak_sandbox = chosen.allow_weak_sandbox || options.allow_weak_sandbox;
    return chosen;
}

int watch(const WatchOptions& options) {
    Result<WatchWork> work = work_of(options);
    if (!work.ok()) return complain_usage(work.error());
    Result<LoadedConfiguration> configuration = load_configuration({.environment = docwright_environment()});
    if (!configuration.ok()) return complain_usage(configuration.error());
    // Blocked before any thread begins, so that only the loop sees them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    WatchSettings settings = options.settings;
    settings.at_once = options.jobs == 0 ? usable_cores() : options.jobs;
    const Configuration chosen = chosen_for(work.value(), configuration.value().values, options, settings.at_once);
    Result<Engines> begun = start_engines(chosen);
    if (!begun.ok()) return complain(begun.error());
    const Engines engines = std::move(begun).take();
    std::unique_ptr<FetcherProcess> fetcher;
    if (engines.of(Engine::Web)) {
        Result<std::unique_ptr<FetcherProcess>> started = FetcherProcess::start(fetcher_settings(chosen, false));
        if (!started.ok()) return complain(started.error());
        fetcher = std::move(started).take();
    }
    const RunOrder run = [&](LocalOrder order, std::vector<JobInput> inputs, FileDescriptor output,
                             JobObserver& observer) -> Result<EngineOutcome> {
        Supervisor* supervisor = engines.of(order.operation->engine);
        if (!supervisor) return Error{Fault::Unsupported, engines.why_missing(order.operation->engine)};
        if (fetcher) order.open_network = [&fetcher] { return fetcher->open_session(); };
        return run_into(*supervisor, order, std::move(inputs), std::move(output), observer);
    };
    const Result<int> watched = watch_folder(work.value(), settings, run);
    return watched.ok() ? watched.value() : complain(watched.error());
}

}  // namespace

void add_watch_command(CLI::App& program, int& exit_code) {
    CLI::App* command = program.add_subcommand("watch", "Convert what appears in a folder, without a server.");
    command->footer(
        "Inputs stay where they are; what failed is moved to OUT/failed, with the reason beside it. OUT/.docwright-watch knows what is\n"
        "done: a restart converts nothing twice, and what has changed again.\n"
        "Examples:\n"
        "  docwright watch inbox/ pdfs/\n"
        "  docwright watch scans/ texts/ --operation pdf-to-text --param pageRange=1-3 --recursive\n"
        "  docwright watch inbox/ pdfs/ --once");
    auto options = std::make_shared<WatchOptions>();  // shared with the callback
    command->add_option("IN", options->in, "Folder to watch.")->required();
    command->add_option("OUT", options->out, "Folder for the results; made if need be.")->required();
    command->add_option("--operation", options->operation, "What to do. Default: Office files and HTML become PDFs.");
    command->add_option("--param", options->parameters, "A parameter of the operation, as NAME=VALUE. May be repeated.")
        ->expected(1)
        ->allow_extra_args(false)
        ->take_all();
    command->add_option("--failed", options->failed, "Folder for what could not be done. Default: OUT/failed");
    command->add_flag("--recursive", options->settings.recursive, "Subfolders too; OUT gets the same tree.");
    command->add_flag("--once", options->settings.once, "End when nothing is left to do. Exit code 1 if a file was not done.");
    command->add_option("--jobs", options->jobs, "Files at the same time; 0: one per core.")->check(CLI::Range(0, 256));
    command->add_option("--password", options->password, "Opens protected inputs.");
    command->add_option("--analysis-time", options->analysis_time, "Time written into results. Default: SOURCE_DATE_EPOCH, else 1970.");
    command->add_flag("--allow-weak-sandbox", options->allow_weak_sandbox,
                      "Go on where this machine lacks a means of confining the engines.");
    command->callback([options, &exit_code] { exit_code = watch(*options); });
}

}  // namespace docwright
