// The steps by which the parent gives up what an engine does not need, in the order in which they still work.
#include "engines/child/confinement.h"

#include <unistd.h>

#include <utility>

#include "base/limits.h"
#include "engines/sandbox/namespaces.h"
#include "engines/sandbox/resource_limits.h"

namespace docwright {
namespace {

constexpr const char* kNamespaces = "network, ipc, mount, host name";

// Root makes the namespaces as root and then becomes the engine's user; where root may not (containers), it becomes the
// user first and makes them inside a user namespace, as everybody else does.
Status change_file_tree(FileTree tree, Steps& steps) {
    if (tree == FileTree::None) {
        (void)TRY(steps.take("file tree", "empty", leave_file_tree()));
    } else {
        (void)TRY(steps.take("file tree", "the machine's, with a /tmp of its own", cover_temporary_folder(limits::kEngineFolderBytes)));
    }
    return success();
}

Status enter_as_user(FileTree tree, Steps& steps) {
    if (!TRY(steps.take("namespaces", std::string("user, ") + kNamespaces, enter_namespaces()))) return success();
    return change_file_tree(tree, steps);
}

Status enter_as_root(const UserIds& user, FileTree tree, Steps& steps) {
    Status entered = enter_namespaces();
    if (entered.ok()) {
        (void)TRY(steps.take("namespaces", kNamespaces, entered));
        TRY(change_file_tree(tree, steps));
        return become_user(user);
    }
    TRY(become_user(user));
    return enter_as_user(tree, steps);
}

// Where the engine's own user is missing and weakness is allowed: the user that owns nothing.
constexpr UserIds kNobody{65534, 65534};

Status enter(const ParentSettings& settings, FileTree tree, Steps& steps) {
    if (::geteuid() != 0) {
        TRY(enter_as_user(tree, steps));
        steps.facts.push_back({"user", std::to_string(::geteuid())});
        return success();
    }
    Result<UserIds> user = find_user(settings.user);
    Status found = user.ok() ? success() : Status(user.error());
    bool known = TRY(steps.take("user", settings.user, found));
    return enter_as_root(known ? user.value() : kNobody, tree, steps);
}

}  // namespace

Result<bool> Steps::take(std::string name, std::string value, const Status& outcome) {
    if (outcome.ok()) {
        facts.push_back({std::move(name), std::move(value)});
        return true;
    }
    Error error = outcome.error();
    if (!allow_weak_) {
        error.message += " \"docwright doctor\" shows what is in force; --allow-weak-sandbox goes on without.";
        return error;
    }
    facts.push_back({std::move(name), "missing: " + error.message + " (" + error.detail + ")", false});
    return false;
}

Status give_up_rights(const ParentSettings& settings, FileTree tree, Steps& steps) {
    TRY(enter(settings, tree, steps));
    (void)TRY(steps.take("privileges", "none, none to be had", drop_privileges()));
    return success();
}

}  // namespace docwright
