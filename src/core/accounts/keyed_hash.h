// What is kept of a secret.
#pragma once

#include <string>
#include <string_view>

#include "core/parts.h"

namespace docwright {

// HMAC-SHA-256 under the installation's key, hex. Secrets are random, so one keyed hash is enough, and a lookup by it is safe.
std::string keyed_hash(const Parts& parts, std::string_view secret);

}  // namespace docwright
