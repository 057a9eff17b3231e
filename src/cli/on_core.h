// A command's work on the state of an installation, beside a running server or without one.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "cli/settings_options.h"
#include "core/core.h"

namespace docwright {

// Gives the exit code; says what went wrong.
int work_on_core(const SettingsOptions& settings, const std::function<Status(Core&, Clock&)>& work);

// The account of this id; for an empty id the only active one there is, and nothing where there is none yet.
// Error: NotFound; InvalidInput where there are several to choose from; `otherwise` is what else the command offers then.
Result<std::string> account_named(Core& core, const std::string& id, std::string_view otherwise = "");

}  // namespace docwright
