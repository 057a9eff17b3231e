// Base64 out of a value: with or without padding, line breaks and a "data:…;base64," in front.
// Error: InvalidInput.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace docwright::docgen {

Result<std::string> bytes_of_base64(std::string_view text);

}  // namespace docwright::docgen
