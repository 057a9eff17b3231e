// The steps by which the parent of a kind gives up what its children do not need, in the order in which they still work.
#pragma once

#include <string>
#include <vector>

#include "engines/child/kind.h"
#include "engines/sandbox/namespaces.h"

namespace docwright {

// Goes on after a failed step only where weakness is allowed, and writes down what came of each.
class Steps {
public:
    explicit Steps(bool allow_weak) : allow_weak_(allow_weak) {}

    // true: the step is in force. Error: Unavailable: it is not, and weakness is not allowed.
    Result<bool> take(std::string name, std::string value, const Status& outcome);

    std::vector<EngineFact> facts;

private:
    bool allow_weak_;
};

enum class FileTree {
    None,  // one empty folder
    Own,   // the machine's, and an empty writable /tmp in memory that nobody else sees and that ends with the last process
};

// For root and ordinary users: network, ipc, mount and host-name namespaces, the file tree, user, privileges. One thread.
Status give_up_rights(const ParentSettings& settings, FileTree tree, Steps& steps);

}  // namespace docwright
