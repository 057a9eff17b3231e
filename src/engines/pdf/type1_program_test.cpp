#include "engines/pdf/type1_program.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace docwright::pdf {
namespace {

std::string enciphered(const std::string& text) {
    std::uint16_t key = 55665;
    std::string out;
    for (char c : text) {
        const auto cipher = static_cast<std::uint8_t>(static_cast<std::uint8_t>(c) ^ (key >> 8U));
        key = static_cast<std::uint16_t>((cipher + key) * 52845U + 22719U);
        out += static_cast<char>(cipher);
    }
    return out;
}

std::string program(const std::string& id) {
    return "/UniqueID " + id + " def eexec\n" + enciphered("abcd/UniqueID " + id + " def rest") + "0000";
}

TEST(Type1Program, is_the_same_whatever_its_number_was) {
    constexpr std::size_t kClear = 28, kSecret = 30;
    EXPECT_NE(program("4100001"), program("4100004"));
    EXPECT_EQ(without_unique_id(program("4100001"), kClear, kSecret), without_unique_id(program("4100004"), kClear, kSecret));
    EXPECT_EQ(without_unique_id(program("4100001"), kClear, kSecret).size(), program("4100001").size());
}

TEST(Type1Program, stays_as_it_is_without_a_number_or_with_impossible_lengths) {
    EXPECT_EQ(without_unique_id("no number", 2, 3), "no number");
    EXPECT_EQ(without_unique_id("/UniqueID 41", 5, 100), "/UniqueID 41");
}

}  // namespace
}  // namespace docwright::pdf
