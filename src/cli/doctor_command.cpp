// docwright doctor: the command around cli/doctor.h.
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/doctor.h"
#include "cli/doctor_fetcher.h"
#include "cli/fetcher_settings.h"
#include "cli/saying.h"
#include "cli/settings_options.h"

namespace docwright {

void add_doctor_command(CLI::App& program, int& exit_code) {
    CLI::App* command = program.add_subcommand("doctor", "Print what confines the engines on this machine, and try the forbidden things.");
    command->footer("Example:\n  docwright doctor");
    auto options = add_settings_options(*command, WithListen::Yes);
    command->callback([options, &exit_code] {
        Result<LoadedConfiguration> loaded = configuration_from(*options);
        if (!loaded.ok()) {
            exit_code = complain_usage(loaded.error());
            return;
        }
        const Configuration& chosen = loaded.value().values;
        exit_code = doctor(chosen);
        // Of this very program: a test program cannot be its own fetcher.
        const bool with_web = chosen.engines.empty() || chosen.engines.contains("web");
        if (with_web && !print_fetcher(fetcher_settings(chosen, false))) exit_code = 1;
    });
}

}  // namespace docwright
