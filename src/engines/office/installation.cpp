#include "engines/office/installation.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "base/hashing.h"

namespace docwright::office {
namespace {

namespace fs = std::filesystem;
constexpr const char* kRegistry = "/usr/lib/libreoffice/share/registry/main.xcd";  // LibreOffice's own defaults
constexpr const char* kFontFolders[] = {"/usr/share/fonts", "/usr/local/share/fonts"};

std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> font_files() {
    std::vector<fs::path> files;
    for (const char* folder : kFontFolders) {
        std::error_code missing;
        for (const auto& entry : fs::recursive_directory_iterator(folder, missing)) {
            const std::string extension = entry.path().extension();
            if (extension == ".ttf" || extension == ".otf" || extension == ".ttc" || extension == ".pfb") files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

}  // namespace

std::string installed_version() {
    std::error_code missing;
    if (!fs::exists(fs::path(kProgramFolder) / "libmergedlo.so", missing)) return {};
    const std::string defaults = contents(kRegistry);
    constexpr std::string_view kStart = "<value>", kEnd = "</value>";
    const std::size_t name = defaults.find("oor:name=\"ooSetupVersionAboutBox\">");
    const std::size_t start = name == std::string::npos ? name : defaults.find(kStart, name);
    const std::size_t end = start == std::string::npos ? start : defaults.find(kEnd, start);
    if (end == std::string::npos) return "unknown";
    return defaults.substr(start + kStart.size(), end - start - kStart.size());
}

int major_of(const std::string& version) {
    int major = 0;
    std::from_chars(version.data(), version.data() + version.size(), major);
    return major;
}

InstalledFonts installed_fonts(bool checksum) {
    const std::vector<fs::path> files = font_files();
    InstalledFonts fonts{.files = static_cast<int>(files.size())};
    if (!checksum) return fonts;
    Sha256Stream all;
    for (const fs::path& file : files) {
        all.add(file.filename().string());
        all.add(contents(file));
    }
    fonts.checksum = hex(all.finish());
    return fonts;
}

}  // namespace docwright::office
