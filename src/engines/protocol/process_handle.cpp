#include "engines/protocol/process_handle.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

namespace docwright {
namespace {

std::optional<pid_t> number_in(std::string_view text) {
    pid_t number = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
    return wrong == std::errc() && number > 0 ? std::optional(number) : std::nullopt;
}

// proc(5), fdinfo of a pidfd: the number in our own namespace, -1 once the process has been waited for.
std::optional<pid_t> number_of(const FileDescriptor& handle) {
    constexpr std::string_view kKey = "Pid:\t";
    std::ifstream info(fmt::format("/proc/self/fdinfo/{}", handle.get()));
    for (std::string line; std::getline(info, line);) {
        if (line.starts_with(kKey)) return number_in(std::string_view(line).substr(kKey.size()));
    }
    return std::nullopt;
}

}  // namespace

void lower_priority(const FileDescriptor& handle, int niceness) {
    const std::optional<pid_t> process = number_of(handle);
    if (!process) return;
    // On Linux niceness belongs to a thread.
    std::error_code gone;
    for (const auto& thread : std::filesystem::directory_iterator(fmt::format("/proc/{}/task", *process), gone)) {
        const std::optional<pid_t> number = number_in(thread.path().filename().string());
        if (number) ::setpriority(PRIO_PROCESS, static_cast<id_t>(*number), niceness);
    }
}

}  // namespace docwright
