// docwright keys: credentials of the installation, beside a running server or without one.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <iostream>

#include "base/time_text.h"
#include "cli/commands.h"
#include "cli/on_core.h"
#include "cli/saying.h"

namespace docwright {
namespace {

constexpr Microseconds kHour = 3600 * kMicrosecondsPerSecond;

struct KeysOptions {
    std::shared_ptr<SettingsOptions> settings;
    std::string account;
    std::string new_account;
    std::string note;
    std::string scopes = std::string(kAllScopes);
    int expires_days = 0;
    int grace_hours = -1;  // -1: the configured one
    std::string client_id;
    std::string client_secret;
    bool json = false;
};

const Actor kActor{.kind = "cli", .id = "docwright keys"};

Result<std::string> chosen_account(Core& core, const KeysOptions& options) {
    if (!options.new_account.empty()) return core.accounts.create(options.new_account, kActor);
    const std::string account = TRY(account_named(core, options.account, ", or make one with --new-account NAME"));
    return account.empty() ? core.accounts.create("default", kActor) : Result<std::string>(account);
}

void show(const IssuedCredential& issued, bool as_json) {
    if (as_json) {
        say(json::serialize(
            json::object{{"account", issued.account}, {"clientId", issued.client_id}, {"clientSecret", issued.client_secret}}));
        return;
    }
    say(fmt::format("account        {}\nclient_id      {}\nclient_secret  {}  (shown this once)", issued.account, issued.client_id,
                    issued.client_secret));
}

Status create(Core& core, const KeysOptions& options, Clock& clock) {
    NewCredential order{.account = TRY(chosen_account(core, options)), .note = options.note, .scopes = options.scopes};
    if (options.expires_days > 0) order.expires_at = clock.now() + options.expires_days * 24 * kHour;
    order.client_id = options.client_id;
    order.client_secret = options.client_secret;
    show(TRY(core.accounts.create_credential(order, kActor)), options.json);
    return success();
}

// A secret on the command line is seen by everybody on the machine: "-" reads it from standard input.
Status import(Core& core, KeysOptions options, Clock& clock) {
    if (options.client_secret == "-") std::getline(std::cin, options.client_secret);
    if (options.client_secret.empty()) return Error{Fault::InvalidInput, "The secret is empty."};
    return create(core, options, clock);
}

Status list(Core& core, const KeysOptions& options) {
    json::array all;
    for (const CredentialRecord& each : TRY(core.accounts.credentials(options.account))) {
        json::object row{{"clientId", each.client_id},
                         {"account", each.account},
                         {"state", word(each.state)},
                         {"scopes", each.scopes},
                         {"created", utc_text_seconds(each.created_at)}};
        if (each.last_used_at > 0) row["lastUsed"] = utc_text_seconds(each.last_used_at);
        if (each.expires_at > 0) row["expires"] = utc_text_seconds(each.expires_at);
        if (!each.note.empty()) row["note"] = each.note;
        if (!options.json) {
            say(fmt::format("{:<28} {:<30} {:<8} created {}  last used {}  {}", each.client_id, each.account, word(each.state),
                            utc_text_seconds(each.created_at), each.last_used_at > 0 ? utc_text_seconds(each.last_used_at) : "never",
                            each.note));
        }
        all.push_back(std::move(row));
    }
    if (options.json) say(json::serialize(all));
    return success();
}

Status rotate(Core& core, const KeysOptions& options) {
    const std::int64_t hours = options.grace_hours >= 0 ? options.grace_hours : core.parts().options.rotation_grace_hours;
    show(TRY(core.accounts.rotate(options.client_id, hours * kHour, kActor)), options.json);
    return success();
}

Status revoke(Core& core, const KeysOptions& options) {
    TRY(core.accounts.revoke(options.client_id, kActor));
    say(fmt::format("{} is revoked", options.client_id));
    return success();
}

using KeysWork = std::function<Status(Core&, const KeysOptions&, Clock&)>;

// One word under `keys`, with its own options. The options are shared with the callback.
std::shared_ptr<KeysOptions> add_word(CLI::App& keys, const char* name, const char* help, int& exit_code, KeysWork work,
                                      CLI::App*& command) {
    command = keys.add_subcommand(name, help);
    auto options = std::make_shared<KeysOptions>();
    options->settings = add_settings_options(*command, WithListen::No);
    command->add_flag("--json", options->json, "Print JSON.");
    command->callback([options, work = std::move(work), &exit_code] {
        exit_code = work_on_core(*options->settings, [&](Core& core, Clock& clock) { return work(core, *options, clock); });
    });
    return options;
}

void add_choice_of_account(CLI::App& command, KeysOptions& options) {
    auto* account = command.add_option("--account", options.account, "Account of the credential. Default: the only one.");
    command.add_option("--new-account", options.new_account, "Make an account of this name for it.")->excludes(account);
    command.add_option("--note", options.note, "What it is for.");
    command.add_option("--scopes", options.scopes, "What it may use, words with spaces between: pdf docgen esign embed. Default: all.");
    command.add_option("--expires-days", options.expires_days, "Days until it ends. Default: never.")->check(CLI::Range(1, 36500));
}

}  // namespace

void add_keys_command(CLI::App& program, int& exit_code) {
    CLI::App* keys = program.add_subcommand("keys", "Create, list, rotate, revoke and import credentials.");
    keys->require_subcommand(1);
    keys->footer(
        "Examples:\n"
        "  docwright keys create --note 'billing service'\n"
        "  docwright keys create --new-account 'Second team'\n"
        "  docwright keys rotate CLIENT_ID --grace-hours 48\n"
        "  docwright keys import CLIENT_ID - < secret.txt");
    CLI::App* command = nullptr;
    auto created = add_word(*keys, "create", "Make a credential pair.", exit_code, create, command);
    add_choice_of_account(*command, *created);
    auto imported =
        add_word(*keys, "import", "Take over a chosen pair, so that a client needs a new host only.", exit_code, import, command);
    add_choice_of_account(*command, *imported);
    command->add_option("CLIENT_ID", imported->client_id)->required();
    command->add_option("CLIENT_SECRET", imported->client_secret, "- reads it from standard input.")->required();
    auto listed = add_word(
        *keys, "list", "Show credentials, without their secrets.", exit_code,
        [](Core& core, const KeysOptions& options, Clock&) { return list(core, options); }, command);
    command->add_option("--account", listed->account, "Of this account only.");
    auto rotated = add_word(
        *keys, "rotate", "Make a new secret for a credential; the old one stays valid for the grace time.", exit_code,
        [](Core& core, const KeysOptions& options, Clock&) { return rotate(core, options); }, command);
    command->add_option("CLIENT_ID", rotated->client_id)->required();
    command->add_option("--grace-hours", rotated->grace_hours, "Hours that the old secret stays valid. Default: the setting.")
        ->check(CLI::Range(0, 8760));
    auto revoked = add_word(
        *keys, "revoke", "End a credential at once.", exit_code,
        [](Core& core, const KeysOptions& options, Clock&) { return revoke(core, options); }, command);
    command->add_option("CLIENT_ID", revoked->client_id)->required();
}

}  // namespace docwright
