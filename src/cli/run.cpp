// docwright run OPERATION IN… -o OUT and docwright extract IN… -o OUT: operations without a server.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <map>
#include <memory>

#include "base/cores.h"
#include "cli/batch.h"
#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/exit_codes.h"
#include "cli/fetcher_settings.h"
#include "cli/saying.h"
#include "operations/all.h"

namespace docwright {
namespace {

struct RunOptions {
    std::vector<std::string> inputs;
    std::string output;
    std::string password;
    std::string analysis_time;
    int jobs = 0;  // 0: one per core
    bool allow_weak_sandbox = false;
    std::map<std::string, std::string, std::less<>> texts;  // parameter → what was typed
    std::map<std::string, std::vector<std::string>, std::less<>> lists;
};

// outputFormat → --output-format, as the shell likes it.
std::string dashed(std::string_view name) {
    std::string out;
    for (char letter : name) {
        if (letter >= 'A' && letter <= 'Z') {
            out += '-';
            out += static_cast<char>(letter - 'A' + 'a');
        } else {
            out += letter;
        }
    }
    return out;
}

void add_parameter(CLI::App& command, const Parameter& parameter, RunOptions& options) {
    std::string name(parameter.name);
    std::string spellings = "--" + name;
    if (dashed(name) != name) spellings += ",--" + dashed(name);
    std::string help(parameter.description);
    for (std::size_t i = 0; i < parameter.choices.size(); ++i)
        help += fmt::format("{}{}", i == 0 ? " One of " : ", ", parameter.choices[i]);
    if (!parameter.default_value.is_null()) help += fmt::format(" (default {})", json::serialize(parameter.default_value));
    if (parameter.kind == ParameterKind::TextList) {
        command.add_option(spellings, options.lists[name], help)->allow_extra_args(false)->take_all();
        return;
    }
    CLI::Option* option = command.add_option(spellings, options.texts[name], help);
    if (parameter.kind == ParameterKind::Flag) option->expected(0, 1);
}

void add_run_options(CLI::App& command, const Operation& operation, RunOptions& options) {
    if (!operation.inputs.empty()) command.add_option("IN", options.inputs, "Files, folders or patterns.")->required();
    command.add_option("-o,--output", options.output, "File for the result, folder for several, - for standard output.")->required();
    command.add_option("--password", options.password, "Opens protected inputs.");
    command.add_option("--jobs", options.jobs, "Documents at the same time; 0: one per core.")->check(CLI::Range(0, 256));
    command.add_option("--analysis-time", options.analysis_time, "Time written into results. Default: SOURCE_DATE_EPOCH, else 1970.");
    command.add_flag("--allow-weak-sandbox", options.allow_weak_sandbox,
                     "Go on where this machine lacks a means of confining the engines.");
    for (const Parameter& parameter : operation.body.parameters) add_parameter(command, parameter, options);
}

Result<json::object> typed_values(const CLI::App& command, const Operation& operation, const RunOptions& options) {
    json::object given;
    for (const auto& [name, text] : options.texts) {
        if (!text.empty() || command.count("--" + name) > 0) given[name] = text.empty() ? "true" : text;
    }
    for (const auto& [name, list] : options.lists) {
        if (!list.empty()) given[name] = json::array(list.begin(), list.end());
    }
    return parse_values(operation, given);
}

int report(const BatchReport& report, std::size_t items) {
    for (const BatchFailure& failure : report.failures) {
        complain({failure.error.fault, fmt::format("{}: {}", failure.input, failure.error.message), failure.error.detail});
    }
    if (items > 1) say(fmt::format("{} of {} done, {} failed", report.done, items, report.failures.size()));
    return report.failures.empty() ? kExitGood : kExitFailed;
}

int run(const CLI::App& command, const Operation& operation, const RunOptions& options) {
    Result<json::object> values = typed_values(command, operation, options);
    if (!values.ok()) return complain_usage(values.error());
    Result<Microseconds> time = analysis_time(options.analysis_time);
    if (!time.ok()) return complain_usage(time.error());
    Result<std::vector<BatchItem>> items = plan_batch(operation, options.inputs, options.output);
    if (!items.ok()) return complain_usage(items.error());
    Result<LoadedConfiguration> configuration = load_configuration({.environment = docwright_environment()});
    if (!configuration.ok()) return complain_usage(configuration.error());
    const int cores = usable_cores();
    const int at_once = std::min(options.jobs == 0 ? cores : options.jobs, static_cast<int>(items.value().size()));
    Configuration chosen = configuration.value().values;
    chosen.allow_weak_sandbox = chosen.allow_weak_sandbox || options.allow_weak_sandbox;
    Result<std::unique_ptr<Supervisor>> supervisor = start_local_engine(chosen, operation.engine, at_once);
    if (!supervisor.ok()) return complain(supervisor.error());
    LocalOrder order{.operation = &operation, .values = values.value(), .password = options.password, .analysis_time = time.value()};
    std::unique_ptr<FetcherProcess> fetcher;
    if (operation.engine == Engine::Web) {
        Result<std::unique_ptr<FetcherProcess>> started = FetcherProcess::start(fetcher_settings(chosen, false));
        if (!started.ok()) return complain(started.error());
        fetcher = std::move(started).take();
        order.open_network = [&fetcher] { return fetcher->open_session(); };
    }
    return report(run_batch(*supervisor.value(), order, items.value(), at_once), items.value().size());
}

// result.md → "md" where that is a word of `outputFormat`.
std::string format_of(const Operation& operation, const std::string& output) {
    std::size_t dot = output.rfind('.');
    if (dot == std::string::npos || output.find('/', dot) != std::string::npos) return {};
    std::string extension = output.substr(dot + 1);
    for (const Parameter& parameter : operation.body.parameters) {
        if (parameter.name != "outputFormat") continue;
        for (std::string_view word : parameter.choices) {
            if (word == extension) return extension;
        }
    }
    return {};
}

}  // namespace

void add_run_command(CLI::App& program, int& exit_code) {
    CLI::App* command = program.add_subcommand("run", "Do one operation on files, without a server.");
    command->require_subcommand(1);
    command->footer(
        "Examples:\n"
        "  docwright run pdf-to-text report.pdf -o report.txt\n"
        "  docwright run pdf-structural-extract scans/ -o results/ --jobs 2 --renditions none\n"
        "`docwright run OPERATION --help` lists the options of an operation.");
    for (const Operation* operation : all_operations()) {
        CLI::App* one = command->add_subcommand(std::string(operation->name), std::string(operation->summary));
        auto options = std::make_shared<RunOptions>();  // shared with the callback
        add_run_options(*one, *operation, *options);
        one->callback([one, operation, options, &exit_code] { exit_code = run(*one, *operation, *options); });
    }
}

void add_extract_command(CLI::App& program, int& exit_code) {
    const Operation& operation = pdf_structural_extract;
    CLI::App* command = program.add_subcommand("extract", "Turn PDFs into structured content: OUT.zip, .json, .md, .html or .txt.");
    command->footer(
        "Examples:\n"
        "  docwright extract invoice.pdf -o invoice.zip\n"
        "  docwright extract report.pdf -o report.md\n"
        "  docwright extract 'inbox/*.pdf' -o texts/ --output-format md --jobs 4");
    auto options = std::make_shared<RunOptions>();  // shared with the callback
    add_run_options(*command, operation, *options);
    command->callback([command, what = &operation, options, &exit_code] {
        RunOptions chosen = *options;
        std::string format = format_of(*what, chosen.output);
        // A chosen outputFormat beats the extension.
        if (!format.empty() && command->count("--outputFormat") == 0) chosen.texts["outputFormat"] = format;
        exit_code = run(*command, *what, chosen);
    });
}

}  // namespace docwright
