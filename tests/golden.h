// Golden files: what a reviewed result looks like, beside the tests in tests/golden/.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace docwright::testing {

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

inline void write_file(const std::filesystem::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
}

// DOCWRIGHT_ACCEPT=1 writes, for review in the diff, but never after another expectation has failed.
inline void expect_golden(std::string_view name, std::string_view actual) {
    const std::filesystem::path path = std::filesystem::path(DOCWRIGHT_SOURCE_FOLDER) / "tests/golden" / name;
    if (std::getenv("DOCWRIGHT_ACCEPT") && !::testing::Test::HasFailure()) return write_file(path, actual);
    EXPECT_EQ(read_file(path), actual) << path << " differs; if the new text is right, run again with DOCWRIGHT_ACCEPT=1";
}

}  // namespace docwright::testing
