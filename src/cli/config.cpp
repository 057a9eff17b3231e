// docwright config: every setting, its value and where it came from.
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/saying.h"
#include "cli/settings_options.h"

namespace docwright {

void add_config_command(CLI::App& program, int& exit_code) {
    CLI::App* command = program.add_subcommand("config", "Print every setting with its value and where it came from.");
    command->footer(
        "Settings come from defaults, a TOML file (--config or DOCWRIGHT_CONFIG), DOCWRIGHT_* variables and flags, in that order.\n"
        "Examples:\n  docwright config > docwright.toml\n  DOCWRIGHT_DOCUMENT_HOURS=48 docwright config");
    auto options = add_settings_options(*command, WithListen::Yes);
    command->callback([options, &exit_code] {
        Result<LoadedConfiguration> loaded = configuration_from(*options);
        if (!loaded.ok()) {
            exit_code = complain_usage(loaded.error());
            return;
        }
        say(configuration_text(loaded.value()));
    });
}

}  // namespace docwright
