#include "cli/saying.h"

#include <cstdio>
#include <string>

#include "cli/exit_codes.h"

namespace docwright {

void say(std::string_view text) {
    std::string line(text);
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fflush(stdout);
}

int complain(const Error& error) {
    std::string line = "docwright: " + error.message;
    if (!error.detail.empty()) line += " (" + error.detail + ")";
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), stderr);
    return kExitFailed;
}

int complain_usage(const Error& error) {
    complain(error);
    return kExitUsage;
}

}  // namespace docwright
