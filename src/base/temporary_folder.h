// A fresh, empty folder that goes with all that is in it. For tests.
#pragma once

#include <cassert>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace docwright {

struct TemporaryFolder {
    std::filesystem::path path;

    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "docwright-test-XXXXXX").string();
        [[maybe_unused]] const char* made = ::mkdtemp(name.data());
        assert(made);
        path = name;
    }
    ~TemporaryFolder() {
        std::error_code failed;
        std::filesystem::remove_all(path, failed);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
};

}  // namespace docwright
