// JSON in and out on Boost.JSON: reading with limits, writing the canonical form of the event log and of stored values.
#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>

#include "base/result.h"

namespace docwright {

namespace json = boost::json;

// One JSON text, nesting at most limits::kJsonDepth. Error: InvalidInput with the place ("byte 17") in its message.
Result<json::value> parse_json(std::string_view text);

// RFC 8785 restricted as contract/events.md, section 1 says: keys ASCII and sorted by byte, no white space, UTF-8 unescaped
// except '"', '\' and control characters, numbers are integers within ±2^53, no null, no empty string or object.
// Error: Internal, naming the path of what breaks a rule.
Result<std::string> canonical_json(const json::value& value);

// Keys sorted, no white space, everything else as Boost writes it: stored parameter values, request fingerprints.
std::string sorted_json(const json::value& value);

}  // namespace docwright
