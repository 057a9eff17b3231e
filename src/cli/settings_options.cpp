#include "cli/settings_options.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

namespace docwright {

std::shared_ptr<SettingsOptions> add_settings_options(CLI::App& command, WithListen listen) {
    auto options = std::make_shared<SettingsOptions>();
    command.add_option("--config", options->file, "TOML file with settings; see `docwright config`.");
    command.add_option("--data", options->data, "Folder of the state. Default: ./data");
    if (listen == WithListen::Yes) {
        command.add_option("--listen", options->listen, "ADDRESS:PORT to serve on. Default: 127.0.0.1:8080; port 0 takes any free one.");
        command.add_option("--engines", options->engines, "Engines to use: pdf,office,web. Default: all that are installed.");
        command.add_flag("--allow-weak-sandbox", options->allow_weak_sandbox,
                         "Go on where this machine lacks a means of confining the engines.");
    }
    command.add_option("--set", options->settings, "Any setting, as NAME=VALUE. May be repeated.")
        ->expected(1)
        ->allow_extra_args(false)
        ->take_all();
    return options;
}

Result<LoadedConfiguration> configuration_from(const SettingsOptions& options) {
    ConfigurationSources sources{.file = options.file, .environment = docwright_environment()};
    auto variable = sources.environment.find("DOCWRIGHT_CONFIG");
    if (sources.file.empty() && variable != sources.environment.end()) sources.file = variable->second;
    for (const std::string& setting : options.settings) {
        std::size_t equals = setting.find('=');
        if (equals == std::string::npos) return Error{Fault::InvalidInput, fmt::format("--set takes NAME=VALUE, not \"{}\".", setting)};
        sources.flags.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
    }
    if (!options.listen.empty()) sources.flags.emplace_back("listen", options.listen);
    if (!options.data.empty()) sources.flags.emplace_back("data", options.data);
    if (!options.engines.empty()) sources.flags.emplace_back("engines", options.engines);
    if (options.allow_weak_sandbox) sources.flags.emplace_back("allow_weak_sandbox", "true");
    return load_configuration(sources);
}

}  // namespace docwright
