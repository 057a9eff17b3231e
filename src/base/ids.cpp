#include "base/ids.h"

#include <array>
#include <vector>

namespace docwright {
namespace {

constexpr std::string_view kAlphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kUrlSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kHex = "0123456789abcdef";

// Draws letters evenly: bytes beyond the last whole multiple of the alphabet's size are thrown away.
std::string draw(Random& random, std::string_view alphabet, std::size_t length) {
    const std::size_t usable = 256 - 256 % alphabet.size();
    std::string text;
    text.reserve(length);
    std::array<std::uint8_t, 32> bytes;
    while (text.size() < length) {
        random.fill(bytes);
        for (std::uint8_t byte : bytes) {
            if (byte < usable && text.size() < length) text += alphabet[byte % alphabet.size()];
        }
    }
    return text;
}

}  // namespace

std::string new_wire_id(Random& random) { return draw(random, kHex, 24); }
std::string new_alphanumeric(Random& random, std::size_t length) { return draw(random, kAlphanumeric, length); }
std::string new_secret(Random& random, std::size_t length) { return draw(random, kUrlSafe, length); }

std::string new_ulid(std::string_view prefix, Microseconds now, Random& random) {
    std::string text(prefix);
    const std::uint64_t milliseconds = static_cast<std::uint64_t>(now / kMicrosecondsPerMillisecond);
    for (int shift = 45; shift >= 0; shift -= 5) text += kCrockford[(milliseconds >> shift) & 31U];
    return text + draw(random, kCrockford, 16);
}

}  // namespace docwright
