#include "cli/on_core.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/exit_codes.h"
#include "cli/open_core.h"
#include "cli/saying.h"

namespace docwright {

int work_on_core(const SettingsOptions& settings, const std::function<Status(Core&, Clock&)>& work) {
    Result<LoadedConfiguration> configuration = configuration_from(settings);
    if (!configuration.ok()) return complain_usage(configuration.error());
    SystemClock clock;
    SystemRandom random;
    Result<OpenedCore> opened = open_core(configuration.value().values, Sharing::WithServer, clock, random);
    if (!opened.ok()) return complain(opened.error());
    Status status = opened.value().core->open_log();
    if (status.ok()) status = work(*opened.value().core, clock);
    return status.ok() ? kExitGood : complain(status.error());
}

Result<std::string> account_named(Core& core, const std::string& id, std::string_view otherwise) {
    std::vector<AccountRecord> accounts = TRY(core.accounts.list());
    std::erase_if(accounts, [](const AccountRecord& each) { return each.state != AccountState::Active; });
    if (!id.empty()) {
        auto found = std::ranges::find(accounts, id, &AccountRecord::id);
        if (found != accounts.end()) return found->id;
        return Error{Fault::NotFound, fmt::format("There is no account {}. `docwright keys list` shows them.", id)};
    }
    if (accounts.size() > 1)
        return Error{Fault::InvalidInput, fmt::format("There are {} accounts: choose one with --account{}.", accounts.size(), otherwise)};
    return accounts.empty() ? std::string() : accounts.front().id;
}

}  // namespace docwright
