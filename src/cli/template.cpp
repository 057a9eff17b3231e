// docwright template check T.docx: what a Word template asks for, what is wrong with it, how it fits given values.
#include <fmt/format.h>
#include <sys/mman.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/local_run.h"
#include "cli/saying.h"
#include "operations/all.h"

namespace docwright {
namespace {

struct CheckOptions {
    std::string word_template, values;
    bool schema = false, json = false, allow_weak_sandbox = false;
};

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (!value) return {};
    return value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
}

const json::array& list_at(const json::object& object, std::string_view key) {
    static const json::array kNone;
    const json::value* value = object.if_contains(key);
    return value && value->is_array() ? value->get_array() : kNone;
}

std::string place_of(const json::object& tag) {
    std::string place = text_at(tag, "location");
    if (tag.contains("table"))
        place += fmt::format(", table {}, row {}", text_at(tag, "table"), text_at(tag, "row"));
    else
        place += fmt::format(", paragraph {}", text_at(tag, "paragraph"));
    if (tag.contains("loop")) place += fmt::format(", in {}", text_at(tag, "loop"));
    return place;
}

void say_list(const json::object& report, std::string_view key, std::string_view title) {
    if (!report.contains(key)) return;
    const json::array& names = list_at(report, key);
    say(fmt::format("{}: {}", title, names.empty() ? "none" : ""));
    for (const json::value& name : names) say("  " + std::string(name.get_string()));
}

void say_report(const json::object& report) {
    const json::array& tags = list_at(report, "tags");
    say(fmt::format("Tags: {}", tags.empty() ? "none" : ""));
    for (const json::value& each : tags) {
        if (!each.is_object()) continue;
        const json::object& tag = each.get_object();
        say(fmt::format("  {:<10} {:<40} {}", text_at(tag, "kind"), text_at(tag, "text"), place_of(tag)));
    }
    const json::array& problems = list_at(report, "problems");
    say(fmt::format("Problems: {}", problems.empty() ? "none" : ""));
    for (const json::value& problem : problems)
        if (problem.is_object())
            say(fmt::format("  {}: {}", text_at(problem.get_object(), "severity"), text_at(problem.get_object(), "message")));
    say_list(report, "unfilledTags", "Tags without a value");
    say_list(report, "unusedValues", "Values that no tag asks for");
}

Result<json::object> checked(const CheckOptions& options) {
    Configuration chosen = TRY(load_configuration({.environment = docwright_environment()})).values;
    chosen.allow_weak_sandbox = chosen.allow_weak_sandbox || options.allow_weak_sandbox;
    std::vector<JobInput> inputs;
    inputs.push_back(TRY(open_local_input(options.word_template, {})));
    if (!options.values.empty()) inputs.push_back(TRY(open_local_input(options.values, {})));
    const std::unique_ptr<Supervisor> engine = TRY(start_local_engine(chosen, Engine::Pdf, 1));
    JobObserver nobody;
    const LocalOrder order{.operation = &check_template, .values = {}};
    const EngineOutcome outcome =
        TRY(run_into(*engine, order, std::move(inputs), FileDescriptor(::memfd_create("docwright-check", MFD_CLOEXEC)), nobody));
    const json::value report = TRY(parse_json(outcome.data));
    if (!report.is_object()) return Error{Fault::Internal, "The engine answered without a report."};
    return report.get_object();
}

bool is_good(const json::object& report) {
    const json::value* valid = report.if_contains("valid");
    return valid && valid->is_bool() && valid->get_bool() && list_at(report, "problems").empty();
}

int check(const CheckOptions& options) {
    const Result<json::object> report = checked(options);
    if (!report.ok()) return complain(report.error());
    if (options.schema) {
        if (!report.value().contains("schema"))
            return complain({Fault::InvalidInput, text_at(list_at(report.value(), "problems").at(0).as_object(), "message")});
        say(json::serialize(report.value().at("schema")));
        return kExitGood;
    }
    if (options.json)
        say(json::serialize(report.value()));
    else
        say_report(report.value());
    return is_good(report.value()) ? kExitGood : kExitFailed;
}

}  // namespace

void add_template_command(CLI::App& program, int& exit_code) {
    CLI::App* command = program.add_subcommand("template", "Look at a Word template for document generation.");
    command->require_subcommand(1);
    CLI::App* one = command->add_subcommand("check", "List the tags, the problems with their places, and how values fit.");
    one->footer(
        "Examples:\n"
        "  docwright template check invoice.docx\n"
        "  docwright template check invoice.docx --values values.json\n"
        "  docwright template check invoice.docx --schema > invoice.schema.json\n"
        "Exit codes: 0 nothing to mend, 1 problems.");
    auto options = std::make_shared<CheckOptions>();  // shared with the callback
    one->add_option("TEMPLATE", options->word_template, "The Word template (.docx).")->required();
    one->add_option("--values", options->values, "Values (JSON): names tags without a value, and values that no tag asks for.");
    one->add_flag("--schema", options->schema, "Print the JSON Schema of the values instead.");
    one->add_flag("--json", options->json, "Print everything as JSON.");
    one->add_flag("--allow-weak-sandbox", options->allow_weak_sandbox, "Go on where this machine lacks a means of confining the engines.");
    one->callback([options, &exit_code] { exit_code = check(*options); });
}

}  // namespace docwright
