// A flat TOML file (v1.0) as names and texts: `listen = "…"`, `document_hours = 48`, lists joined with commas.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace docwright {

// Sorted by name. Error: InvalidInput with line and column; NotFound when the file cannot be read.
Result<std::vector<std::pair<std::string, std::string>>> read_toml_file(const std::string& path);

}  // namespace docwright
