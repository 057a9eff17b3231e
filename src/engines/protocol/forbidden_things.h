// What confinement must prevent, by name: tried in a real child by the tests and by `docwright doctor`.
#pragma once

#include <string_view>

namespace docwright {

struct ForbiddenThing {
    std::string_view name;  // value "thing" of kForbiddenThingOperation; value "process": whom the last words mean by "the server"
    std::string_view says;  // for a person
};

constexpr ForbiddenThing kForbiddenThings[] = {
    {"read-shadow", "open /etc/shadow"},
    {"read-file", "open /etc/passwd"},
    {"look-at-file", "ask for the size of /etc/passwd"},
    {"list-folder", "list /"},
    {"write-file", "make a file in /tmp"},
    {"memory-file", "make a file in memory, beside its limit of memory"},
    {"connect", "connect to 127.0.0.1"},
    {"resolve", "send a packet to a name server"},
    {"local-socket", "make a local socket"},
    {"execute", "start /bin/true"},
    {"fork", "start another process"},
    {"thread", "start a thread"},
    {"trace-server", "trace the server"},
    {"read-server", "read the memory of the server"},
    {"kill-server", "send a signal to the server"},
    {"abort-server", "send a signal to a thread of the server"},
    {"kill-all", "send a signal to every process"},
    {"become-root", "become root"},
    {"new-namespace", "enter a new user namespace"},
    {"mount", "mount a file system"},
    {"raise-limit", "raise its own limits"},
    {"limit-server", "set a limit of the server"},
    {"new-code", "make memory executable"},
    {"load-program", "load a program into the kernel"},
};

}  // namespace docwright
