// The options and the environment that every browser is started with.
#pragma once

#include <string>
#include <vector>

namespace docwright::web {

// `one_renderer`: one process for all pages.
std::vector<std::string> browser_options(const std::string& folder, bool one_renderer);

// Nothing of the caller's: NAME=value.
std::vector<std::string> browser_environment(const std::string& folder);

}  // namespace docwright::web
