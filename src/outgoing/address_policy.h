// Which hosts the product may call: http and https, ports 80 and 443, addresses of the open internet, and what the operator lists.
// Decided on the bytes of the addresses that are to be dialled, never on the text of a URL (contract/pdf-services.md, 6.1).
// Refused are the IANA special-purpose ranges (RFC 6890 and its registries), with them every cloud's metadata address, and v6
// addresses that carry a refused v4 address (v4-compatible, NAT64, 6to4, Teredo, ISATAP).
// The allow-list opens what it names, metadata and loopback included:
//   intranet.example        the name, whatever it resolves to, at ports 80 and 443
//   intranet.example:8080   the name at this port only
//   10.1.0.0/16, fd00::/8   addresses, by whatever name, at ports 80 and 443
//   10.1.2.3:8080, [::1]:8080, 10.1.0.0/16:8080   addresses at this port only
// Errors: InvalidInput with reason FETCH_FAILED; what was resolved stands in the detail only, so that callers cannot explore
// the names of an inner network.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "outgoing/address.h"
#include "outgoing/target.h"

namespace docwright {

struct AllowedHost {
    std::variant<std::string, AddressRange> host;  // a name as Target::host has it, or addresses
    std::optional<std::uint16_t> port;             // none: 80 and 443
};

struct AddressPolicy {
    std::vector<AllowedHost> allowed;
};

// Error: InvalidInput, naming the entry that cannot be read.
Result<AddressPolicy> parse_address_policy(std::span<const std::string> allow_list);

// Whether the URL can be fetched at all, as far as it can be told without resolving its name. For the answer to a request.
Status judge_target(const Target& target, const AddressPolicy& policy);
// Whether `target`, whose name resolved to `address`, may be dialled there.
Status judge_address(const Target& target, const Address& address, const AddressPolicy& policy);

// An address of the open internet, without regard to an allow-list.
bool is_public(const Address& address);

}  // namespace docwright
