// Names of things: never sequential where a client sees them, sortable by time where the log needs it.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/random.h"

namespace docwright {

// 24 lower-case hex digits (96 random bits): document and task ids on the wire (contract/pdf-services.md, 0.7).
std::string new_wire_id(Random& random);

// `length` characters of [A-Za-z0-9], about 5.95 bits each.
std::string new_alphanumeric(Random& random, std::size_t length);

// `length` characters of [A-Za-z0-9_-], 6 bits each: secrets and tokens.
std::string new_secret(Random& random, std::size_t length);

// `prefix` + ULID (26 characters of Crockford's base 32: 48 bits of milliseconds, 80 random bits): event and internal ids.
std::string new_ulid(std::string_view prefix, Microseconds now, Random& random);

}  // namespace docwright
