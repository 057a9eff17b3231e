#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/saying.h"

namespace docwright {

void add_serve_command(CLI::App& program, int& exit_code) {
    CLI::App* command = program.add_subcommand("serve", "Serve the API.");
    command->callback([&exit_code] { exit_code = complain({Fault::Unavailable, "Not yet."}); });
}

}  // namespace docwright
