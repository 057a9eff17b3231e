#include "outgoing/fetcher/confinement.h"

#include <openssl/x509.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/fetch_limits.h"
#include "engines/sandbox/landlock.h"
#include "engines/sandbox/namespaces.h"
#include "engines/sandbox/network_filter.h"
#include "engines/sandbox/resource_limits.h"

namespace docwright {
namespace {

constexpr UserIds kNobody{65534, 65534};  // where the user is missing and weakness is allowed: who owns nothing

class Steps {
public:
    explicit Steps(bool allow_weak) : allow_weak_(allow_weak) {}

    Status take(std::string name, std::string value, const Status& outcome) {
        if (outcome.ok()) {
            facts.push_back({std::move(name), std::move(value)});
            return success();
        }
        if (!allow_weak_) return outcome.error();
        facts.push_back({std::move(name), "missing: " + outcome.error().message + " (" + outcome.error().detail + ")", false});
        return success();
    }

    std::vector<FetcherFact> facts;

private:
    bool allow_weak_;
};

Status limit(__rlimit_resource resource, std::uint64_t most) {
    rlimit now{};
    ::getrlimit(resource, &now);
    const rlim_t value = std::min<rlim_t>(most, now.rlim_max);
    const rlimit wanted{value, value};
    if (::setrlimit(resource, &wanted) != 0)
        return Error{Fault::Unavailable, "The resource limits of the fetcher cannot be set.", std::strerror(errno)};
    return success();
}

// No limit of processor time: it lives as long as the server.
Status limit_resources() {
    TRY(limit(RLIMIT_CORE, 0));
    TRY(limit(RLIMIT_FSIZE, limits::kFetchBodyBytes));
    TRY(limit(RLIMIT_NOFILE, limits::kFetcherOpenFiles));
    if (memory_limit_works()) TRY(limit(RLIMIT_AS, limits::kFetcherAddressBytes));
    return success();
}

Status leave_root(const FetcherConfinement& wanted, Steps& steps) {
    if (::geteuid() != 0) return steps.take("user", std::to_string(::geteuid()), success());
    const Result<UserIds> user = find_user(wanted.user);
    TRY(steps.take("user", wanted.user, user.ok() ? success() : Status(user.error())));
    return become_user(user.ok() ? user.value() : kNobody);
}

Status restrict_files() {
    const FileDescriptor ruleset = TRY(make_reading_ruleset(files_of_resolver_and_tls()));
    return restrict_by(ruleset);
}

}  // namespace

std::vector<std::string> files_of_resolver_and_tls() {
    return {"/etc/resolv.conf",
            "/etc/hosts",
            "/etc/nsswitch.conf",
            "/etc/host.conf",
            "/etc/gai.conf",
            "/etc/ssl/certs",
            "/usr/share/ca-certificates",
            "/usr/local/share/ca-certificates",
            X509_get_default_cert_dir(),
            X509_get_default_cert_file()};
}

Result<std::vector<FetcherFact>> confine_fetcher(const FetcherConfinement& wanted) {
    Steps steps(wanted.allow_weak_sandbox);
    TRY(limit_resources());
    TRY(leave_root(wanted, steps));
    TRY(steps.take("privileges", "none, none to be had", drop_privileges()));
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a change of user has cleared it
    TRY(steps.take("Landlock", "ABI " + std::to_string(landlock_abi()) + ", reads resolver and certificates, listens nowhere",
                   restrict_files()));
    TRY(steps.take("seccomp", "internet sockets and threads, no programs", install_network_filter()));
    return std::move(steps.facts);
}

}  // namespace docwright
