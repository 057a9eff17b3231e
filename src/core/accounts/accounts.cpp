#include "core/accounts/accounts.h"

#include <algorithm>
#include <sstream>

#include "base/ids.h"
#include "base/time_text.h"
#include "core/accounts/keyed_hash.h"
#include "core/credits/balance.h"
#include "core/events/append.h"
#include "core/events/log.h"
#include "core/events/moves.h"

namespace docwright {
namespace {

constexpr std::size_t kClientIdCharacters = 16;  // after the prefix: 95 bits
constexpr std::size_t kSecretCharacters = 32;    // 192 bits, the length clients know
constexpr std::string_view kClientIdPrefix = "docwright_";
constexpr std::size_t kShortestChosenSecret = 16;
constexpr std::size_t kLongestChosenText = 128;

bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](char letter) { return letter > ' ' && letter < 0x7f && letter != '/'; });
}

Status check_chosen_pair(const NewCredential& order) {
    if (order.client_id.empty() != order.client_secret.empty()) {
        return Error{Fault::InvalidInput, "A chosen client id needs a chosen client secret, and the other way round."};
    }
    if (order.client_id.empty()) return success();
    if (!is_plain(order.client_id) || order.client_id.size() > kLongestChosenText) {
        return Error{Fault::InvalidInput, "A client id has 1 to 128 printable ASCII characters, no space and no slash."};
    }
    if (!is_plain(order.client_secret) || order.client_secret.size() < kShortestChosenSecret ||
        order.client_secret.size() > kLongestChosenText) {
        return Error{Fault::InvalidInput, "A client secret has 16 to 128 printable ASCII characters, no space and no slash."};
    }
    return success();
}

Status check_scopes(const std::string& scopes) {
    std::istringstream given(scopes);
    const std::string known = " " + std::string(kAllScopes) + " ";
    int count = 0;
    for (std::string scope; given >> scope; ++count) {
        if (known.find(" " + scope + " ") == std::string::npos) {
            return Error{Fault::InvalidInput, "Unknown scope \"" + scope + "\"; allowed: " + std::string(kAllScopes) + "."};
        }
    }
    if (count == 0) return Error{Fault::InvalidInput, "A credential needs at least one scope of: " + std::string(kAllScopes) + "."};
    return success();
}

Event credential_event(EventType type, const CredentialRecord& credential, const Actor& actor) {
    return {.type = type, .account = credential.account, .stream = "credential/" + credential.client_id, .actor = actor};
}

Result<CredentialRecord> known_credential(Transaction& transaction, std::string_view client_id) {
    std::optional<CredentialRecord> credential = TRY(transaction.accounts.credential(client_id));
    if (!credential) return Error{Fault::NotFound, "There is no credential with this client id."};
    return std::move(*credential);
}

Result<AccountRecord> known_account(Transaction& transaction, std::string_view id) {
    std::optional<AccountRecord> account = TRY(transaction.accounts.account(id));
    if (!account) return Error{Fault::NotFound, "There is no account with this id."};
    return std::move(*account);
}

}  // namespace

CredentialPair new_pair(Random& random) {
    return {std::string(kClientIdPrefix) + new_alphanumeric(random, kClientIdCharacters), new_secret(random, kSecretCharacters)};
}

Result<std::string> Accounts::create(std::string_view name, const Actor& actor) {
    AccountRecord account{.id = "acc_" + new_wire_id(parts_.random), .name = std::string(name), .created_at = parts_.clock.now()};
    TRY(parts_.store.write([&](Transaction& transaction) -> Status {
        EventType type = TRY(check_move(Subject::Account, "", "create"));
        TRY(transaction.accounts.add_account(account));
        TRY(transaction.accounts.add_application({.id = "app_" + new_wire_id(parts_.random),
                                                  .account = account.id,
                                                  .name = "Default application",
                                                  .created_at = account.created_at}));
        Event created{.type = type, .account = account.id, .stream = "account/" + account.id, .actor = actor};
        created.personal = {{"name", name}};
        return append(transaction, parts_, {log_opened(parts_, account.id, actor), created});
    }));
    return account.id;
}

Result<std::vector<AccountRecord>> Accounts::list() const {
    return read_result(parts_.store, [](const View& view) { return view.accounts.accounts(); });
}

Status Accounts::close(std::string_view id, const Actor& actor) {
    return parts_.store.write([&](Transaction& transaction) -> Status {
        AccountRecord account = TRY(known_account(transaction, id));
        EventType type = TRY(check_move(Subject::Account, word(account.state), "close"));
        TRY(transaction.accounts.set_account_state(id, AccountState::Closed));
        return append(transaction, parts_, {{.type = type, .account = account.id, .stream = "account/" + account.id, .actor = actor}});
    });
}

Result<std::string> Accounts::create_application(std::string_view account, std::string_view name, std::string_view note,
                                                 const Actor& actor) {
    ApplicationRecord application{.id = "app_" + new_wire_id(parts_.random),
                                  .account = std::string(account),
                                  .name = std::string(name),
                                  .note = std::string(note),
                                  .created_at = parts_.clock.now()};
    TRY(parts_.store.write([&](Transaction& transaction) -> Status {
        AccountRecord owner = TRY(known_account(transaction, account));
        EventType type = TRY(check_move(Subject::Account, word(owner.state), "change_settings"));
        TRY(transaction.accounts.add_application(application));
        Event changed{.type = type, .account = owner.id, .stream = "account/" + owner.id, .actor = actor};
        changed.data = {{"keys", json::array{"applications"}}};
        return append(transaction, parts_, {changed});
    }));
    return application.id;
}

Result<IssuedCredential> Accounts::create_credential(const NewCredential& order, const Actor& actor) {
    TRY(check_chosen_pair(order));
    TRY(check_scopes(order.scopes));
    CredentialRecord credential{.account = order.account, .application = order.application, .scopes = order.scopes, .note = order.note};
    credential.created_at = parts_.clock.now();
    credential.expires_at = order.expires_at;
    const CredentialPair pair = order.client_id.empty() ? new_pair(parts_.random) : CredentialPair{order.client_id, order.client_secret};
    credential.client_id = pair.client_id;
    TRY(parts_.store.write([&](Transaction& transaction) -> Status {
        AccountRecord account = TRY(known_account(transaction, order.account));
        if (account.state != AccountState::Active) return Error{Fault::Conflict, "The account is closed."};
        const std::vector<ApplicationRecord> applications = TRY(transaction.accounts.applications(account.id));
        if (credential.application.empty() && !applications.empty()) credential.application = applications.front().id;
        if (std::ranges::find(applications, credential.application, &ApplicationRecord::id) == applications.end()) {
            return Error{Fault::NotFound, "There is no application with this id."};
        }
        if (TRY(transaction.accounts.credential(credential.client_id))) {
            return Error{Fault::Conflict, "There is a credential with this client id already."};
        }
        EventType type = TRY(check_move(Subject::Credential, "", "create"));
        TRY(transaction.accounts.add_credential(credential));
        TRY(transaction.accounts.add_secret({.client_id = credential.client_id, .hash = keyed_hash(parts_, pair.client_secret)}));
        Event created = credential_event(type, credential, actor);
        created.data = {{"scopes", credential.scopes}, {"chosen", !order.client_id.empty()}};
        return append(transaction, parts_, {created});
    }));
    return IssuedCredential{credential.account, pair.client_id, pair.client_secret};
}

Result<IssuedCredential> Accounts::rotate(std::string_view client_id, Microseconds grace, const Actor& actor) {
    const std::string secret = new_secret(parts_.random, kSecretCharacters);
    const Microseconds valid_until = parts_.clock.now() + grace;
    std::string account;
    TRY(parts_.store.write([&](Transaction& transaction) -> Status {
        CredentialRecord credential = TRY(known_credential(transaction, client_id));
        account = credential.account;
        EventType type = TRY(check_move(Subject::Credential, word(credential.state), "rotate"));
        TRY(transaction.accounts.limit_secrets(client_id, valid_until));
        TRY(transaction.accounts.add_secret({.client_id = credential.client_id, .hash = keyed_hash(parts_, secret)}));
        Event rotated = credential_event(type, credential, actor);
        rotated.data = {{"oldValidUntil", utc_text(valid_until)}};
        return append(transaction, parts_, {rotated});
    }));
    return IssuedCredential{account, std::string(client_id), secret};
}

Status Accounts::revoke(std::string_view client_id, const Actor& actor) {
    return parts_.store.write([&](Transaction& transaction) -> Status {
        CredentialRecord credential = TRY(known_credential(transaction, client_id));
        EventType type = TRY(check_move(Subject::Credential, word(credential.state), "revoke"));
        TRY(transaction.accounts.set_credential_state(client_id, CredentialState::Revoked));
        TRY(transaction.accounts.drop_secrets(client_id));
        return append(transaction, parts_, {credential_event(type, credential, actor)});
    });
}

Result<std::vector<CredentialRecord>> Accounts::credentials(std::string_view account) const {
    return read_result(parts_.store, [&](const View& view) { return view.accounts.credentials(account); });
}

Result<bool> Accounts::bootstrap(std::string_view client_id, std::string_view client_secret, const Actor& actor) {
    if (!TRY(credentials()).empty()) return false;
    std::vector<AccountRecord> known = TRY(list());
    NewCredential order{.account = known.empty() ? TRY(create("Default account", actor)) : known.front().id};
    order.client_id = client_id;
    order.client_secret = client_secret;
    TRY(create_credential(order, actor));
    return true;
}

Status Accounts::put_plan(const PlanRecord& plan) {
    return parts_.store.write([&](Transaction& transaction) { return transaction.accounts.put_plan(plan); });
}

Status Accounts::set_plan(std::string_view id, std::string_view plan, const Actor& actor) {
    return parts_.store.write([&](Transaction& transaction) -> Status {
        AccountRecord account = TRY(known_account(transaction, id));
        if (!plan.empty() && !TRY(transaction.accounts.plan(plan))) return Error{Fault::NotFound, "There is no plan with this name."};
        EventType type = TRY(check_move(Subject::Account, word(account.state), "change_settings"));
        TRY(transaction.accounts.set_account_plan(id, plan));
        TRY(forget_alerts(transaction, id));
        Event changed{.type = type, .account = account.id, .stream = "account/" + account.id, .actor = actor};
        changed.data = {{"keys", json::array{"plan"}}};
        return append(transaction, parts_, {changed});
    });
}

}  // namespace docwright
