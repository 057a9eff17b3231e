// The options that choose the configuration, shared by all commands that work on a data folder.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/configuration.h"

namespace CLI {
class App;
}

namespace docwright {

struct SettingsOptions {
    std::string file;
    std::string listen;
    std::string data;
    std::string engines;
    bool allow_weak_sandbox = false;
    std::vector<std::string> settings;  // NAME=VALUE
};

enum class WithListen { No, Yes };

// Shared with the command's callback, which reads it after parsing.
std::shared_ptr<SettingsOptions> add_settings_options(CLI::App& command, WithListen listen);

// Defaults, file, environment, flags. The file is --config, else DOCWRIGHT_CONFIG, else none.
Result<LoadedConfiguration> configuration_from(const SettingsOptions& options);

}  // namespace docwright
