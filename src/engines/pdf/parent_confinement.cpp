// The steps by which the parent gives up what an engine does not need, in the order in which they still work.
#include <unistd.h>

#include <utility>

#include "base/limits.h"
#include "engines/pdf/parent.h"
#include "engines/sandbox/landlock.h"
#include "engines/sandbox/namespaces.h"
#include "engines/sandbox/resource_limits.h"

namespace docwright {
namespace {

// Goes on after a failed step only where weakness is allowed, and writes down what came of each.
class Steps {
public:
    explicit Steps(bool allow_weak) : allow_weak_(allow_weak) {}

    Result<bool> take(std::string name, std::string value, const Status& outcome) {
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

    std::vector<EngineFact> facts;

private:
    bool allow_weak_;
};

constexpr const char* kNamespaces = "network, ipc, mount, host name";

// Root makes the namespaces as root and then becomes the engine's user; where root may not (containers), it becomes the
// user first and makes them inside a user namespace, as everybody else does.
Status enter_as_root(const UserIds& user, Steps& steps) {
    Status entered = enter_namespaces();
    if (entered.ok()) {
        (void)TRY(steps.take("namespaces", kNamespaces, entered));
        (void)TRY(steps.take("file tree", "empty", leave_file_tree()));
        return become_user(user);
    }
    TRY(become_user(user));
    entered = enter_namespaces();
    if (!TRY(steps.take("namespaces", std::string("user, ") + kNamespaces, entered))) return success();
    (void)TRY(steps.take("file tree", "empty", leave_file_tree()));
    return success();
}

Status enter_as_user(Steps& steps) {
    if (!TRY(steps.take("namespaces", std::string("user, ") + kNamespaces, enter_namespaces()))) return success();
    (void)TRY(steps.take("file tree", "empty", leave_file_tree()));
    return success();
}

// Where the engine's own user is missing and weakness is allowed: the user that owns nothing.
constexpr UserIds kNobody{65534, 65534};

Status enter(const ParentSettings& settings, Steps& steps) {
    if (::geteuid() != 0) {
        TRY(enter_as_user(steps));
        steps.facts.push_back({"user", std::to_string(::geteuid())});
        return success();
    }
    Result<UserIds> user = find_user(settings.user);
    Status found = user.ok() ? success() : Status(user.error());
    bool known = TRY(steps.take("user", settings.user, found));
    return enter_as_root(known ? user.value() : kNobody, steps);
}

std::string megabytes(std::uint64_t bytes) { return std::to_string(bytes / (1024 * 1024)) + " MB"; }

std::string shown_limits() {
    return "cpu " + std::to_string(limits::kTaskCpuSeconds) + " s, memory " +
           (memory_limit_works() ? megabytes(limits::kEngineAddressBytes) : "unlimited (sanitizer)") + ", output " +
           megabytes(limits::kEngineOutputBytes) + ", open files " + std::to_string(limits::kEngineOpenFiles) + ", no core file";
}

}  // namespace

Result<Confinement> confine_parent(const ParentSettings& settings) {
    Steps steps(settings.allow_weak_sandbox);
    TRY(enter(settings, steps));
    (void)TRY(steps.take("privileges", "none, none to be had", drop_privileges()));

    Confinement confinement;
    Result<FileDescriptor> ruleset = make_empty_ruleset();
    Status landlock = ruleset.ok() ? success() : Status(ruleset.error());
    if (TRY(steps.take("Landlock", "ABI " + std::to_string(landlock_abi()) + ", nothing allowed", landlock))) {
        confinement.ruleset = std::move(ruleset).take();
    }
    Result<SystemCallFilter> filter = SystemCallFilter::compile();
    Status seccomp = filter.ok() ? success() : Status(filter.error());
    if (TRY(steps.take("seccomp", "allow list", seccomp))) confinement.filter.push_back(std::move(filter).take());
    steps.facts.push_back({"resource limits", shown_limits(), memory_limit_works()});
    confinement.facts = std::move(steps.facts);
    return confinement;
}

}  // namespace docwright
