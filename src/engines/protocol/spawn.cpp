#include "engines/protocol/spawn.h"

#include <signal.h>
#include <spawn.h>

#include <cstdlib>

namespace docwright {
namespace {

std::vector<std::string> environment(const std::vector<std::string>& more) {
    std::vector<std::string> variables = {"LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin"};
    variables.insert(variables.end(), more.begin(), more.end());
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
        if (const char* value = std::getenv(name)) variables.push_back(std::string(name) + "=" + value);
    }
    return variables;
}

std::vector<char*> as_pointers(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

int spawn(pid_t& process, ProgramOrder order) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&files, order.channel, order.number);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    const int apart = order.apart == Apart::Session ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP;
    ::posix_spawnattr_setflags(&attributes, static_cast<short>(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | apart));
    std::vector<std::string> variables = environment(order.variables);
    const int code = ::posix_spawn(&process, order.path.c_str(), &files, &attributes, as_pointers(order.arguments).data(),
                                   as_pointers(variables).data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&files);
    return code;
}

}  // namespace docwright
