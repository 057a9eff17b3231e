// docwright fetcher: the process that fetches pages and their assets for the web engine. Started by docwright itself.
#include "outgoing/fetcher/fetcher_main.h"

#include <CLI/CLI.hpp>

#include <memory>

#include "cli/commands.h"

namespace docwright {

void add_fetcher_command(CLI::App& program, int& exit_code) {
    CLI::App* command = program.add_subcommand("fetcher", "Fetches from other servers; started by docwright itself.");
    command->group("");                            // not for people: not in the list of commands
    auto supervisor = std::make_shared<pid_t>(0);  // shared with the callback
    command->add_option("--supervisor", *supervisor, "Process of the docwright that started it.");
    command->callback([supervisor, &exit_code] { exit_code = fetcher_main(*supervisor, system_network()); });
}

}  // namespace docwright
