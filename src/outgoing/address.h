// An address of the internet protocol as bytes, and ranges of them: what the address policy judges and what is dialled.
// A v4-mapped v6 address (::ffff:a.b.c.d) is the v4 address from the start: the kernel dials the same host for both.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace docwright {

struct Address {
    std::array<std::uint8_t, 16> bytes{};  // in network order; of a v4 address the first four, the rest zero
    bool v6 = false;

    int bits() const { return v6 ? 128 : 32; }
    bool operator==(const Address&) const = default;
};

Address address_v4(std::uint32_t number);  // 0x7f000001 is 127.0.0.1
Address address_v6(const std::array<std::uint8_t, 16>& bytes);

// The usual written forms only, 192.0.2.1 and 2001:db8::1, without brackets and zone; nothing else is an address.
std::optional<Address> parse_address(std::string_view text);
std::string address_text(const Address& address);

// Addresses that share their first `prefix` bits with `first`.
struct AddressRange {
    Address first;
    int prefix;  // 0..32 or 0..128
};
bool contains(const AddressRange& range, const Address& address);
// "10.0.0.0/8", or an address alone for itself.
std::optional<AddressRange> parse_range(std::string_view text);

}  // namespace docwright
