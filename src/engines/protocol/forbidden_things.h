// What confinement must prevent, by name: tried in a real child by the tests and by `docwright doctor`.
#pragma once

#include <string_view>

namespace docwright {

struct ForbiddenThing {
    std::string_view name;    // value "thing" of kForbiddenThingOperation; value "process": whom the last words mean by "the server"
    std::string_view says;    // for a person
    bool everywhere = false;  // also in kinds whose library needs files, threads and programs of its own; else in pdf only
};

constexpr ForbiddenThing kForbiddenThings[] = {
    {"read-shadow", "open /etc/shadow", true},
    {"read-file", "open /etc/passwd"},
    {"look-at-file", "ask for the size of /etc/passwd"},
    {"list-folder", "list /"},
    {"write-file", "make a file in /tmp"},
    {"memory-file", "make a file in memory, beside its limit of memory"},
    {"connect", "connect to 127.0.0.1", true},
    {"resolve", "send a packet to a name server", true},
    {"local-socket", "make a local socket"},
    {"execute", "start /bin/true"},
    {"fork", "start another process"},
    {"thread", "start a thread"},
    {"trace-server", "trace the server", true},
    {"read-server", "read the memory of the server", true},
    {"kill-server", "send a signal to the server", true},
    {"abort-server", "send a signal to a thread of the server"},
    {"kill-all", "send a signal to every process"},
    {"become-root", "become root", true},
    {"new-namespace", "enter a new user namespace"},
    {"mount", "mount a file system", true},
    {"raise-limit", "raise its own limits"},
    {"limit-server", "set a limit of the server", true},
    {"new-code", "make memory executable"},
    {"load-program", "load a program into the kernel", true},
};

}  // namespace docwright
