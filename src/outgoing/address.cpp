#include "outgoing/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace docwright {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};  // RFC 4291, 2.5.5.2

}  // namespace

Address address_v4(std::uint32_t number) {
    Address address;
    for (std::size_t i = 0; i < 4; ++i) address.bytes[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    return address;
}

Address address_v6(const std::array<std::uint8_t, 16>& bytes) {
    if (!std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) return {.bytes = bytes, .v6 = true};
    Address address;
    std::copy(bytes.begin() + kMapped.size(), bytes.end(), address.bytes.begin());
    return address;
}

std::optional<Address> parse_address(std::string_view text) {
    const std::string terminated(text);
    std::array<std::uint8_t, 16> bytes{};
    if (::inet_pton(AF_INET, terminated.c_str(), bytes.data()) == 1) return Address{.bytes = bytes, .v6 = false};
    if (::inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1) return address_v6(bytes);
    return std::nullopt;
}

std::string address_text(const Address& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    ::inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.bytes.data(), text.data(), text.size());
    return text.data();
}

bool contains(const AddressRange& range, const Address& address) {
    if (range.first.v6 != address.v6) return false;
    for (int bit = 0; bit < range.prefix; bit += 8) {
        const int rest = std::min(8, range.prefix - bit);
        const auto mask = static_cast<std::uint8_t>(0xff00 >> rest);
        const auto byte = static_cast<std::size_t>(bit / 8);
        if ((range.first.bytes[byte] & mask) != (address.bytes[byte] & mask)) return false;
    }
    return true;
}

std::optional<AddressRange> parse_range(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::optional<Address> first = parse_address(text.substr(0, slash));
    if (!first) return std::nullopt;
    if (slash == std::string_view::npos) return AddressRange{*first, first->bits()};
    const std::string_view digits = text.substr(slash + 1);
    int prefix = -1;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
    // A mapped v6 range would count its bits from another place; nobody writes one.
    const bool mapped = !first->v6 && text.find(':') != std::string_view::npos;
    if (failure != std::errc() || end != digits.data() + digits.size() || prefix < 0 || prefix > first->bits() || mapped)
        return std::nullopt;
    return AddressRange{*first, prefix};
}

}  // namespace docwright
