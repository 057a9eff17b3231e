#include "cli/fetcher_settings.h"

namespace docwright {

FetcherSettings fetcher_settings(const Configuration& configuration, bool log_failures) {
    constexpr std::uint64_t kMegabyte = 1024 * 1024;
    FetcherSettings settings;
    settings.setup.allow_list = comma_list(configuration.fetch_allow);
    settings.setup.extra_issuers = configuration.fetch_issuers;
    settings.setup.user = configuration.engine_user;
    settings.setup.allow_weak_sandbox = configuration.allow_weak_sandbox;
    settings.setup.log_failures = log_failures && (configuration.log_level == "debug" || configuration.log_level == "info");
    SessionCaps& caps = settings.setup.caps;
    caps.requests = static_cast<std::uint64_t>(configuration.fetch_requests);
    caps.bytes = static_cast<std::uint64_t>(configuration.fetch_total_megabytes) * kMegabyte;
    caps.body_bytes = static_cast<std::uint64_t>(configuration.fetch_megabytes) * kMegabyte;
    caps.fetch_seconds = configuration.fetch_seconds;
    return settings;
}

}  // namespace docwright
