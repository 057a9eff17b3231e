// What an engine's parent gives up once, and every child inherits: network, shared memory, host name, the file tree,
// the rights of root. All of it before the process opens anything of a client, while it has one thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "base/result.h"

namespace docwright {

// Own user (for an ordinary user only), network, IPC, mount and host-name namespaces. The new network has no interface up;
// what is mounted from then on is seen by nobody else.
// As root, first as root; where that is not allowed (containers) the caller becomes the engine's user and calls again.
// Error: Unavailable with errno.
Status enter_namespaces();

// In its own mount namespace: the file tree becomes one empty read-only folder. Needs enter_namespaces() and its rights.
Status leave_file_tree();

// Likewise, but the file tree stays, with an empty /tmp in memory of its own, at most `bytes` large, that any user may write to and
// nothing may be executed from. It ends with the last process that sees it.
Status cover_temporary_folder(std::uint64_t bytes);

struct UserIds {
    uid_t user;
    gid_t group;
};

// Before leave_file_tree(), which takes the list of users away. Error: Unavailable, saying how to make the user.
Result<UserIds> find_user(const std::string& name);

// Root only: user, group and no further groups, for ever.
Status become_user(const UserIds& ids);

// Every capability, also those that a user namespace gives, and no_new_privs.
Status drop_privileges();

}  // namespace docwright
