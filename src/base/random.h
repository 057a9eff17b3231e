// Randomness as an argument: real in the programs, seeded in tests and simulations.
#pragma once

#include <cstdint>
#include <random>
#include <span>

namespace docwright {

class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;  // thread-safe
};

// The kernel's generator; good for secrets.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> bytes) override;
};

// Repeatable and predictable: tests only.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
    void fill(std::span<std::uint8_t> bytes) override;

private:
    std::mt19937_64 engine_;
};

}  // namespace docwright
