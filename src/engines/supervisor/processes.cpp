#include "engines/supervisor/processes.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <string>

namespace docwright {
namespace {

struct ProcessFacts {
    pid_t process = 0, parent = 0, group = 0, session = 0;
};

// proc(5), stat: "number (name) state parent group session …"; the name may hold anything, also brackets.
bool read_facts(pid_t process, ProcessFacts& facts) {
    std::ifstream file(fmt::format("/proc/{}/stat", process));
    std::string line;
    if (!std::getline(file, line) || line.rfind(')') == std::string::npos) return false;
    facts.process = process;
    return std::sscanf(line.c_str() + line.rfind(')') + 1, " %*c %d %d %d", &facts.parent, &facts.group, &facts.session) == 3;
}

void for_each_process(const std::function<void(const ProcessFacts&)>& tell) {
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", gone)) {
        const std::string name = entry.path().filename();
        pid_t number = 0;
        const auto [end, wrong] = std::from_chars(name.data(), name.data() + name.size(), number);
        ProcessFacts facts;
        if (wrong == std::errc() && end == name.data() + name.size() && read_facts(number, facts)) tell(facts);
    }
}

struct Pages {
    std::uint64_t own = 0, shared = 0;
};

Pages pages_of(pid_t process) {
    std::ifstream file(fmt::format("/proc/{}/statm", process));
    std::uint64_t size = 0, resident = 0, shared = 0;
    file >> size >> resident >> shared;
    return {resident - std::min(resident, shared), shared};
}

}  // namespace

std::map<pid_t, std::uint64_t> memory_of_groups() {
    std::map<pid_t, Pages> pages;
    for_each_process([&](const ProcessFacts& facts) {
        const Pages of_process = pages_of(facts.process);
        Pages& of_group = pages[facts.group];
        of_group.own += of_process.own;
        of_group.shared = std::max(of_group.shared, of_process.shared);
    });
    const auto page_bytes = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    std::map<pid_t, std::uint64_t> bytes;
    for (const auto& [group, counted] : pages) bytes[group] = (counted.own + counted.shared) * page_bytes;
    return bytes;
}

std::vector<pid_t> processes_of_session(pid_t session) {
    std::vector<ProcessFacts> all;
    for_each_process([&](const ProcessFacts& facts) { all.push_back(facts); });
    std::set<pid_t> found;
    for (std::size_t before = 1; before != found.size();) {
        before = found.size();
        for (const ProcessFacts& facts : all) {
            if (facts.session == session || found.contains(facts.parent)) found.insert(facts.process);
        }
    }
    return {found.begin(), found.end()};
}

}  // namespace docwright
