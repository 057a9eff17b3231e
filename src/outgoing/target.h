// A URL as the outgoing client understands it: whom to dial, what to ask for.
// Read by hand: Boost.URL 1.81 takes the host 1.2.3.4.example for 1.2.3.4 and the port 99999 for 34463.
// The host is read as browsers read it (WHATWG URL, 3.5): percent escapes decoded, lower
// case, and every form of a v4 address (127.1, 0x7f000001, 017700000001, 2130706433, a dot at the end) turned into its bytes.
// Where browsers repair a URL in ways that two readers can take differently (backslashes, control characters, names and
// passwords, zone ids, letters outside ASCII in the host) it is refused instead; a path or query is escaped as browsers do.
// Errors: InvalidInput, with what is wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "outgoing/address.h"

namespace docwright {

struct Target {
    bool secure = false;             // https
    std::string host;                // a name in lower case without a dot at its end, or an address as written usually
    std::optional<Address> address;  // where the host is an address
    std::uint16_t port = 0;          // the scheme's own where the URL names none
    std::string resource;            // path and query, escaped, beginning with '/'

    std::string authority() const;  // host, in brackets if need be, and the port unless it is the scheme's: the Host header
    std::string url() const;
};

Result<Target> parse_target(std::string_view url);
// `location` as a server's redirect gives it, absolute or relative to the page that answered with it.
Result<Target> resolve_location(const Target& base, std::string_view location);

}  // namespace docwright
