// docwright generate T.docx V.json -o OUT: documents of a Word template, one or one for each record, without a server.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>

#include "base/ascii.h"
#include "base/cores.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/generation.h"
#include "cli/output_file.h"
#include "cli/saying.h"
#include "operations/all.h"

namespace docwright {
namespace {

namespace fs = std::filesystem;

struct GenerateOptions {
    std::string word_template, values, output;
    std::string name = "{n}";
    std::string format;  // empty: by the output's ending
    std::string culture, missing, time;
    bool each = false, combined = false, allow_weak_sandbox = false;
    int jobs = 0;
};

// What is to be made, once the options have been looked at together.
struct Plan {
    GenerationOrder order;
    bool batch = false;
    RecordFormat record_format = RecordFormat::Array;
    std::string pattern;  // of the names in a batch
};

std::string ending_of(const std::string& path) {
    const std::string ending = ascii_lowered(fs::path(path).extension().native());
    return ending.empty() ? ending : ending.substr(1);
}

Result<std::string> format_of(const GenerateOptions& options, bool named_by_pattern) {
    std::string format = ascii_lowered(options.format);
    if (format.empty()) format = ending_of(named_by_pattern ? options.name : options.output);
    if (format.empty() && (named_by_pattern || options.output == "-")) format = "docx";
    if (format == "pdf" || format == "docx") return format;
    return Error{Fault::InvalidInput,
                 fmt::format("The output must end in .pdf or .docx, or --format must say which; \"{}\" is neither.", format)};
}

Result<Microseconds> time_of(const std::string& option) {
    if (!option.empty() || std::getenv("SOURCE_DATE_EPOCH")) return analysis_time(option);
    return SystemClock().now();
}

Result<Plan> planned(const GenerateOptions& options) {
    Plan plan;
    plan.batch = is_record_file(options.values, plan.record_format) || options.each || options.combined;
    const bool files_of_a_folder = plan.batch && !options.combined;
    const std::string format = TRY(format_of(options, files_of_a_folder));
    if (options.combined && format != "pdf") return Error{Fault::InvalidInput, "--combined makes a PDF: the output must end in .pdf."};
    if (files_of_a_folder && (options.output == "-" || ending_of(options.output) == "pdf" || ending_of(options.output) == "docx")) {
        return Error{
            Fault::InvalidInput,
            "With one document for each record, the output is a folder; --name says how they are called, --combined makes one file."};
    }
    plan.pattern = ending_of(options.name) == format ? options.name : options.name + "." + format;
    json::object given;
    if (!options.culture.empty()) given["currencyCulture"] = options.culture;
    if (!options.missing.empty()) given["missing"] = options.missing;
    plan.order = {.word_template = options.word_template,
                  .parameters = TRY(parse_values(merge_template, given)),
                  .as_pdf = format == "pdf",
                  .time = TRY(time_of(options.time)),
                  .at_once = options.jobs == 0 ? usable_cores() : options.jobs};
    return plan;
}

Result<GenerationEngines> start_engines_for(const Plan& plan, const GenerateOptions& options) {
    Configuration chosen = TRY(load_configuration({.environment = docwright_environment()})).values;
    chosen.allow_weak_sandbox = chosen.allow_weak_sandbox || options.allow_weak_sandbox;
    const int lanes = plan.batch ? plan.order.at_once : 1;
    GenerationEngines engines;
    engines.pdf = TRY(start_local_engine(chosen, Engine::Pdf, lanes));
    if (plan.order.as_pdf) engines.office = TRY(start_local_engine(chosen, Engine::Office, lanes));
    return engines;
}

void warn(std::string_view text) { std::fputs(fmt::format("docwright: warning: {}\n", text).c_str(), stderr); }

int generate_one(const GenerationEngines& engines, const Plan& plan, const GenerateOptions& options) {
    Result<MadeDocument> made = make_one(engines, plan.order, options.values);
    if (!made.ok()) return complain(made.error());
    for (const std::string& warning : made.value().warnings) warn(warning);
    const Status kept = [&]() -> Status {
        if (options.output == "-") return copy_to_standard_output(made.value().file.get());
        const fs::path path(options.output);
        OutputFile file = TRY(OutputFile::create(path.parent_path()));
        TRY(copy_file(made.value().file.get(), file.file().get()));
        return file.keep_as(path.filename());
    }();
    return kept.ok() ? kExitGood : complain(kept.error());
}

int report(const GenerationReport& report, std::size_t records) {
    for (const auto& [record, text] : report.warnings) warn(fmt::format("record {}: {}", record, text));
    for (const RecordFailure& failure : report.failures)
        complain({Fault::InvalidInput, fmt::format("record {}: {}", failure.record, failure.message)});
    say(fmt::format("{} of {} done, {} failed", report.done, records, report.failures.size()));
    return report.failures.empty() ? kExitGood : kExitFailed;
}

int generate_many(const GenerationEngines& engines, const Plan& plan, const GenerateOptions& options) {
    const Result<RecordFile> records = RecordFile::open(options.values, plan.record_format);
    if (!records.ok()) return complain(records.error());
    const Result<JobInput> readable = open_local_input(options.word_template, {});
    if (!readable.ok()) return complain(readable.error());
    const Result<GenerationReport> made = options.combined ? make_combined(engines, plan.order, records.value(), options.output)
                                                           : make_each(engines, plan.order, records.value(), options.output, plan.pattern);
    return made.ok() ? report(made.value(), records.value().count()) : complain(made.error());
}

int generate(const GenerateOptions& options) {
    const Result<Plan> plan = planned(options);
    if (!plan.ok()) return complain_usage(plan.error());
    const Result<GenerationEngines> engines = start_engines_for(plan.value(), options);
    if (!engines.ok()) return complain(engines.error());
    return plan.value().batch ? generate_many(engines.value(), plan.value(), options)
                              : generate_one(engines.value(), plan.value(), options);
}

}  // namespace

void add_generate_command(CLI::App& program, int& exit_code) {
    CLI::App* command =
        program.add_subcommand("generate", "Fill a Word template with values: OUT.docx or OUT.pdf, once or for each record.");
    command->footer(
        "VALUES is a JSON object, or records: a CSV file whose first row names the values, or lines of JSON (.ndjson, .jsonl). With\n"
        "--each or --combined a .json file may hold an array of records.\n"
        "Examples:\n"
        "  docwright generate invoice.docx values.json -o invoice.pdf\n"
        "  docwright generate invoice.docx customers.csv -o letters/ --name 'invoice-{number}.pdf'\n"
        "  docwright generate invoice.docx orders.ndjson -o orders/ --jobs 4\n"
        "  docwright generate label.docx addresses.csv --combined -o labels.pdf\n"
        "Records that cannot be used are named at the end; the others are made, and the exit code is 1.");
    auto options = std::make_shared<GenerateOptions>();  // shared with the callback
    command->add_option("TEMPLATE", options->word_template, "The Word template (.docx).")->required();
    command->add_option("VALUES", options->values, "Values or records.")->required();
    command->add_option("-o,--output", options->output, "File; folder with one document for each record; - for standard output.")
        ->required();
    command->add_option("--format", options->format, "pdf or docx. Default: by the ending of the output or of --name, else docx.");
    command->add_option("--name", options->name, "Names in a folder: {n} is the number of the record, {field} a value of it. Default: {n}");
    command->add_flag("--each", options->each, "One document for each member of a JSON array.");
    command->add_flag("--combined", options->combined, "All records in one PDF.");
    command->add_option("--culture,--currency-culture", options->culture, "Culture of amounts of money, such as de-DE. Default: en-US.");
    command->add_option("--missing", options->missing, "What becomes of a tag without a value: empty (default), error, keep.");
    command->add_option("--time", options->time, "What {{today}} shows: ISO 8601 or seconds. Default: SOURCE_DATE_EPOCH, else now.");
    command->add_option("--jobs", options->jobs, "Documents at the same time; 0: one per core.")->check(CLI::Range(0, 256));
    command->add_flag("--allow-weak-sandbox", options->allow_weak_sandbox,
                      "Go on where this machine lacks a means of confining the engines.");
    command->callback([options, &exit_code] { exit_code = generate(*options); });
}

}  // namespace docwright
