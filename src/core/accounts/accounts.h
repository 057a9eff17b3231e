// Accounts, their applications and credentials (contract/platform.md, 2). Every change stands in the event log.
#pragma once

#include "core/accounts/caller.h"
#include "core/events/actor.h"
#include "core/parts.h"

namespace docwright {

constexpr std::string_view kAllScopes = "pdf docgen esign embed";

struct NewCredential {
    std::string account;
    std::string application = {};  // empty: the account's first
    std::string note = {};
    std::string scopes = std::string(kAllScopes);
    Microseconds expires_at = 0;  // 0: never
    std::string client_id = {};   // import of a chosen pair: both given
    std::string client_secret = {};
};

struct CredentialPair {
    std::string client_id;
    std::string client_secret;
};
CredentialPair new_pair(Random& random);

struct IssuedCredential {
    std::string account;
    std::string client_id;
    std::string client_secret;  // shown once, kept hashed
};

class Accounts {
public:
    explicit Accounts(const Parts& parts) : parts_(parts) {}

    // One account with one application, without a credential. Gives its id.
    Result<std::string> create(std::string_view name, const Actor& actor);
    Result<std::vector<AccountRecord>> list() const;
    Status close(std::string_view account, const Actor& actor);
    Result<std::string> create_application(std::string_view account, std::string_view name, std::string_view note, const Actor& actor);

    Result<IssuedCredential> create_credential(const NewCredential& order, const Actor& actor);
    // A new secret for the same id; the old ones stay valid for `grace`. Error: NotFound, Conflict when revoked.
    Result<IssuedCredential> rotate(std::string_view client_id, Microseconds grace, const Actor& actor);
    Status revoke(std::string_view client_id, const Actor& actor);
    Result<std::vector<CredentialRecord>> credentials(std::string_view account = {}) const;  // empty: of all accounts

    // First start: account, application and credential, if there is no credential yet. The pair comes from the caller, who has
    // put it in a safe place before: killed in between, the next start goes on with the same pair. Gives whether it was made.
    Result<bool> bootstrap(std::string_view client_id, std::string_view client_secret, const Actor& actor);

    Status put_plan(const PlanRecord& plan);
    Status set_plan(std::string_view account, std::string_view plan, const Actor& actor);

private:
    Parts parts_;
};

}  // namespace docwright
