// Starting a program of our own: nothing of this process goes along but one socket.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace docwright {

enum class Apart {
    Group,    // of processes: a signal from the terminal is the starter's to handle
    Session,  // and a session, whose processes can be found and ended together
};

struct ProgramOrder {
    std::string path;
    std::vector<std::string> arguments;       // with the name of the program
    std::vector<std::string> variables = {};  // "NAME=value", beside a fixed locale and path and what a sanitizer needs to be told
    int channel = -1;                         // our descriptor
    int number = 3;                           // that it has in the new program, the only one beyond the first three
    Apart apart = Apart::Group;
};

// It starts with default signals, none of them blocked. 0 and its process, or the number of the error.
int spawn(pid_t& process, ProgramOrder order);

}  // namespace docwright
