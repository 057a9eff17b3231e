#include "core/accounts/keyed_hash.h"

#include "base/hashing.h"

namespace docwright {

std::string keyed_hash(const Parts& parts, std::string_view secret) { return hex(hmac_sha256(parts.options.credential_key, secret)); }

}  // namespace docwright
