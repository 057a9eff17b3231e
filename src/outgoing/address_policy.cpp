#include "outgoing/address_policy.h"

#include <algorithm>
#include <charconv>

namespace docwright {
namespace {

constexpr std::uint16_t kOpenPorts[] = {80, 443};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) { return a << 24 | b << 16 | c << 8 | d; }

// IANA IPv4 special-purpose address registry, what is not globally reachable there, and what is reserved.
struct RefusedV4 {
    std::uint32_t first;
    int prefix;
};
constexpr RefusedV4 kRefusedV4[] = {
    {v4(0, 0, 0, 0), 8},         // this network; Linux dials loopback for 0.0.0.0
    {v4(10, 0, 0, 0), 8},        // private
    {v4(100, 64, 0, 0), 10},     // shared by a provider's customers; one cloud's metadata
    {v4(127, 0, 0, 0), 8},       // loopback
    {v4(168, 63, 129, 16), 32},  // one cloud's own services, at a public address
    {v4(169, 254, 0, 0), 16},    // link-local; most clouds' metadata
    {v4(172, 16, 0, 0), 12},     // private
    {v4(192, 0, 0, 0), 24},      // protocol assignments; one cloud's metadata
    {v4(192, 0, 2, 0), 24},      // documentation
    {v4(192, 88, 99, 0), 24},    // 6to4 relays
    {v4(192, 168, 0, 0), 16},    // private
    {v4(198, 18, 0, 0), 15},     // benchmarks
    {v4(198, 51, 100, 0), 24},   // documentation
    {v4(203, 0, 113, 0), 24},    // documentation
    {v4(224, 0, 0, 0), 4},       // multicast
    {v4(240, 0, 0, 0), 4},       // reserved, and broadcast
};

// Of v6 only 2000::/3 is given out; NAT64's well-known prefix is judged by what it carries. These parts of 2000::/3 are not
// for hosts (IANA IPv6 special-purpose address registry).
constexpr std::string_view kRefusedV6[] = {
    "2001::/23",      // protocol assignments: benchmarks, ORCHID …; Teredo is judged before
    "2001:db8::/32",  // documentation
    "3fff::/20",      // documentation
};

std::uint32_t v4_at(const Address& address, std::size_t offset) {
    return v4(address.bytes[offset], address.bytes[offset + 1], address.bytes[offset + 2], address.bytes[offset + 3]);
}

bool is_public_v4(std::uint32_t number) {
    return std::ranges::none_of(kRefusedV4,
                                [&](const RefusedV4& refused) { return (number ^ refused.first) >> (32 - refused.prefix) == 0; });
}

bool in(const Address& address, std::string_view range) {
    const std::optional<AddressRange> parsed = parse_range(range);
    assert(parsed);
    return contains(*parsed, address);
}

bool is_public_v6(const Address& address) {
    if (in(address, "64:ff9b::/96")) return is_public_v4(v4_at(address, 12));  // NAT64 (RFC 6052)
    if (!in(address, "2000::/3")) return false;                            // with it ::/96, 64:ff9b:1::/48, fc00::/7, fe80::/9, ff00::/8
    if (in(address, "2002::/16")) return is_public_v4(v4_at(address, 2));  // 6to4 (RFC 3056)
    // Teredo (RFC 4380): the server, and the client with its bits turned over.
    if (in(address, "2001::/32")) return is_public_v4(v4_at(address, 4)) && is_public_v4(~v4_at(address, 12));
    // ISATAP (RFC 5214) carries the host's v4 address behind any prefix.
    const std::uint32_t interface_kind = v4_at(address, 8);
    if ((interface_kind == 0x00005efe || interface_kind == 0x02005efe) && !is_public_v4(v4_at(address, 12))) return false;
    return std::ranges::none_of(kRefusedV6, [&](std::string_view range) { return in(address, range); });
}

bool is_open_port(std::uint16_t port) { return std::ranges::find(kOpenPorts, port) != std::end(kOpenPorts); }

bool opens_port(const AllowedHost& entry, std::uint16_t port) { return entry.port ? *entry.port == port : is_open_port(port); }

bool opens_name(const AllowedHost& entry, const Target& target) {
    const auto* name = std::get_if<std::string>(&entry.host);
    return name && !target.address && *name == target.host && opens_port(entry, target.port);
}

bool opens_address(const AllowedHost& entry, const Address& address, std::uint16_t port) {
    const auto* range = std::get_if<AddressRange>(&entry.host);
    return range && contains(*range, address) && opens_port(entry, port);
}

Error refused(const Target& target, std::string detail) {
    return Error{
        Fault::InvalidInput,
        "The host " + target.authority() + " may not be fetched: it is not on the open internet, and the operator does not list it.",
        std::move(detail), "FETCH_FAILED"};
}

Error refused_port(const Target& target) {
    return Error{
        Fault::InvalidInput,
        "Port " + std::to_string(target.port) + " of " + target.host + " may not be fetched: only 80 and 443, and what the operator lists.",
        {},
        "FETCH_FAILED"};
}

// Names that mean this machine everywhere (RFC 6761, 6.3).
bool means_this_machine(const std::string& name) { return name == "localhost" || name.ends_with(".localhost"); }

Error bad_entry(const std::string& entry) {
    return Error{Fault::InvalidInput, "The allow-list entry '" + entry +
                                          "' is none of: a name, an address, a range such as 10.0.0.0/8, each with or without :port."};
}

std::optional<std::uint16_t> parse_port(std::string_view digits) {
    std::uint16_t port = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (failure != std::errc() || end != digits.data() + digits.size() || port == 0) return std::nullopt;
    return port;
}

Result<AllowedHost> parse_entry(const std::string& entry) {
    std::string_view host = entry;
    AllowedHost allowed;
    if (!parse_range(host)) {  // else colons are those of a v6 address
        const std::size_t colon = host.rfind(':');
        if (colon != std::string_view::npos && !host.ends_with(']')) {
            allowed.port = parse_port(host.substr(colon + 1));
            if (!allowed.port) return bad_entry(entry);
            host = host.substr(0, colon);
        }
        if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    }
    if (const std::optional<AddressRange> range = parse_range(host)) {
        allowed.host = *range;
        return allowed;
    }
    // A name is read as that of a URL, so that both are written alike.
    const Result<Target> named = parse_target("http://" + std::string(host));
    if (host.find_first_of("/?#@:[]") != std::string_view::npos || !named.ok() || named.value().address) return bad_entry(entry);
    allowed.host = named.value().host;
    return allowed;
}

}  // namespace

bool is_public(const Address& address) { return address.v6 ? is_public_v6(address) : is_public_v4(v4_at(address, 0)); }

Result<AddressPolicy> parse_address_policy(std::span<const std::string> allow_list) {
    AddressPolicy policy;
    for (const std::string& entry : allow_list) policy.allowed.push_back(TRY(parse_entry(entry)));
    return policy;
}

Status judge_target(const Target& target, const AddressPolicy& policy) {
    if (target.address) return judge_address(target, *target.address, policy);
    if (std::ranges::any_of(policy.allowed, [&](const AllowedHost& entry) { return opens_name(entry, target); })) return success();
    if (means_this_machine(target.host)) return judge_address(target, address_v4(v4(127, 0, 0, 1)), policy);
    // A listed range may open the port for what the name resolves to.
    const bool some_range_opens = std::ranges::any_of(policy.allowed, [&](const AllowedHost& entry) {
        return std::holds_alternative<AddressRange>(entry.host) && opens_port(entry, target.port);
    });
    if (!is_open_port(target.port) && !some_range_opens) return refused_port(target);
    return success();
}

Status judge_address(const Target& target, const Address& address, const AddressPolicy& policy) {
    const bool listed = std::ranges::any_of(
        policy.allowed, [&](const AllowedHost& entry) { return opens_name(entry, target) || opens_address(entry, address, target.port); });
    if (listed) return success();
    if (!is_public(address)) return refused(target, target.host + " is " + address_text(address));
    if (!is_open_port(target.port)) return refused_port(target);
    return success();
}

}  // namespace docwright
