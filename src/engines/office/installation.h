// What is installed for the office engine, found out without loading any of it: the parent of the engine never does.
#pragma once

#include <string>

namespace docwright::office {

inline constexpr const char* kProgramFolder = "/usr/lib/libreoffice/program";
inline constexpr int kOldestVersion = 24;  // 7.4's Calc without X ends on its first document

std::string installed_version();  // "25.2.3.2"; "": not installed
int major_of(const std::string& version);

struct InstalledFonts {
    int files = 0;
    std::string checksum = {};  // SHA-256 over names and bytes; decides page counts, so it belongs to what is told about a build
};
InstalledFonts installed_fonts(bool checksum);

}  // namespace docwright::office
