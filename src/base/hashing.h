// SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104) on OpenSSL.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace docwright {

using Sha256 = std::array<std::uint8_t, 32>;

// Hashes what comes in pieces. After finish() it starts anew.
class Sha256Stream {
public:
    Sha256Stream();
    ~Sha256Stream();
    Sha256Stream(Sha256Stream&&) noexcept;
    Sha256Stream& operator=(Sha256Stream&&) noexcept;
    void add(std::string_view bytes);
    Sha256 finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

Sha256 sha256(std::string_view bytes);
Sha256 hmac_sha256(std::string_view key, std::string_view bytes);

std::string hex(std::span<const std::uint8_t> bytes);                        // lower case
bool equal_in_constant_time(std::string_view left, std::string_view right);  // time depends on the lengths only

}  // namespace docwright
