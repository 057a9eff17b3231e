// docwright: the server and its command line.
#include <CLI/CLI.hpp>

#include <iostream>

#include "cli/commands.h"
#include "cli/exit_codes.h"

int main(int argument_count, char** arguments) {
    using namespace docwright;
    CLI::App program("Docwright: an open document platform. Serves the PDF Services API, or does one job from the command line.",
                     "docwright");
    program.set_version_flag("--version", DOCWRIGHT_VERSION);
    program.require_subcommand(0, 1);
    program.footer(
        "Examples:\n"
        "  docwright serve\n"
        "  docwright extract invoice.pdf -o invoice.md\n"
        "  docwright run pdf-to-text scans/ -o texts/\n"
        "  docwright generate invoice.docx values.json -o invoice.pdf\n"
        "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 audit not anchored.");
    int exit_code = kExitGood;
    add_serve_command(program, exit_code);
    add_run_command(program, exit_code);
    add_extract_command(program, exit_code);
    add_generate_command(program, exit_code);
    add_template_command(program, exit_code);
    add_watch_command(program, exit_code);
    add_operations_command(program, exit_code);
    add_openapi_command(program, exit_code);
    add_config_command(program, exit_code);
    add_keys_command(program, exit_code);
    add_tasks_command(program, exit_code);
    add_doctor_command(program, exit_code);
    add_audit_command(program, exit_code);
    add_fetcher_command(program, exit_code);
    try {
        program.parse(argument_count, arguments);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? kExitGood : kExitUsage;
    }
    if (program.get_subcommands().empty()) {
        std::cout << program.help();
        return kExitUsage;
    }
    return exit_code;
}
