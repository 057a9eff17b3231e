// Accounts, applications, credentials and plans as the store keeps them. const functions read, the others write.
#pragma once

#include <optional>

#include "base/result.h"
#include "store/records.h"

namespace docwright {

class AccountStore {
public:
    virtual ~AccountStore() = default;

    virtual Result<std::optional<AccountRecord>> account(std::string_view id) const = 0;
    virtual Result<std::vector<AccountRecord>> accounts() const = 0;
    virtual Status add_account(const AccountRecord& account) = 0;
    virtual Status set_account_state(std::string_view id, AccountState state) = 0;
    virtual Status set_account_plan(std::string_view id, std::string_view plan) = 0;

    virtual Result<std::vector<ApplicationRecord>> applications(std::string_view account) const = 0;
    virtual Status add_application(const ApplicationRecord& application) = 0;

    virtual Result<std::optional<CredentialRecord>> credential(std::string_view client_id) const = 0;
    virtual Result<std::vector<CredentialRecord>> credentials(std::string_view account) const = 0;             // empty account: all
    virtual Result<std::vector<CredentialRecord>> expired_credentials(Microseconds now, int limit) const = 0;  // still ACTIVE
    virtual Status add_credential(const CredentialRecord& credential) = 0;
    virtual Status set_credential_state(std::string_view client_id, CredentialState state) = 0;
    virtual Status note_use(std::string_view client_id, Microseconds now) = 0;

    virtual Result<std::vector<SecretRecord>> secrets(std::string_view client_id) const = 0;
    virtual Result<std::vector<SecretRecord>> secrets_with_hash(std::string_view hash) const = 0;
    virtual Status add_secret(const SecretRecord& secret) = 0;
    virtual Status limit_secrets(std::string_view client_id, Microseconds valid_until) = 0;  // never lengthens a life
    virtual Status drop_secrets(std::string_view client_id) = 0;

    virtual Result<std::optional<PlanRecord>> plan(std::string_view name) const = 0;
    virtual Status put_plan(const PlanRecord& plan) = 0;
};

}  // namespace docwright
