// Roman numerals as they are usually written: four is IV, nine hundred is CM.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace docwright {

// In capitals; thousands are repeated Ms. Empty for numbers below 1.
inline std::string roman_numeral(std::int64_t number) {
    constexpr std::array<std::pair<int, std::string_view>, 13> kParts = {{{1000, "M"},
                                                                          {900, "CM"},
                                                                          {500, "D"},
                                                                          {400, "CD"},
                                                                          {100, "C"},
                                                                          {90, "XC"},
                                                                          {50, "L"},
                                                                          {40, "XL"},
                                                                          {10, "X"},
                                                                          {9, "IX"},
                                                                          {5, "V"},
                                                                          {4, "IV"},
                                                                          {1, "I"}}};
    std::string out;
    for (const auto& [part, letters] : kParts)
        for (; number >= part; number -= part) out += letters;
    return out;
}

}  // namespace docwright
