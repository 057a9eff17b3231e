// The store's interfaces on one SQLite connection.
#pragma once

#include "store/sqlite/connection.h"
#include "store/store.h"

namespace docwright {

class SqliteAccounts final : public AccountStore {
public:
    explicit SqliteAccounts(Connection& db) : db_(db) {}
    Result<std::optional<AccountRecord>> account(std::string_view id) const override;
    Result<std::vector<AccountRecord>> accounts() const override;
    Status add_account(const AccountRecord& account) override;
    Status set_account_state(std::string_view id, AccountState state) override;
    Status set_account_plan(std::string_view id, std::string_view plan) override;
    Result<std::vector<ApplicationRecord>> applications(std::string_view account) const override;
    Status add_application(const ApplicationRecord& application) override;
    Result<std::optional<CredentialRecord>> credential(std::string_view client_id) const override;
    Result<std::vector<CredentialRecord>> credentials(std::string_view account) const override;
    Result<std::vector<CredentialRecord>> expired_credentials(Microseconds now, int limit) const override;
    Status add_credential(const CredentialRecord& credential) override;
    Status set_credential_state(std::string_view client_id, CredentialState state) override;
    Status note_use(std::string_view client_id, Microseconds now) override;
    Result<std::vector<SecretRecord>> secrets(std::string_view client_id) const override;
    Result<std::vector<SecretRecord>> secrets_with_hash(std::string_view hash) const override;
    Status add_secret(const SecretRecord& secret) override;
    Status limit_secrets(std::string_view client_id, Microseconds valid_until) override;
    Status drop_secrets(std::string_view client_id) override;
    Result<std::optional<PlanRecord>> plan(std::string_view name) const override;
    Status put_plan(const PlanRecord& plan) override;

private:
    Connection& db_;
};

class SqliteDocuments final : public DocumentStore {
public:
    explicit SqliteDocuments(Connection& db) : db_(db) {}
    Result<std::optional<DocumentRecord>> document(std::string_view account, std::string_view id) const override;
    Result<std::vector<DocumentRecord>> expired(Microseconds now, int limit) const override;
    Status add(const DocumentRecord& document) override;
    Status end(const DocumentRecord& document, DocumentState state) override;
    Status set_expiry(std::string_view id, Microseconds expires_at) override;
    Status add_share(const ShareRecord& share) override;
    Result<std::optional<ShareRecord>> share(std::string_view token_hash) const override;
    Status forget_shares(Microseconds expired_before) override;
    Status hold_blob(const BlobRecord& blob) override;
    Status release_blob(std::string_view account, std::string_view sha256) override;
    Result<std::vector<BlobRecord>> idle_blobs(int limit) const override;
    Result<std::int64_t> blob_bytes() const override;
    Result<bool> blob_known(std::string_view account, std::string_view sha256) const override;
    Result<bool> forget_blob(std::string_view account, std::string_view sha256) override;

private:
    Connection& db_;
};

class SqliteTasks final : public TaskStore {
public:
    explicit SqliteTasks(Connection& db) : db_(db) {}
    Result<std::optional<TaskRecord>> find(std::string_view account, std::string_view id) const override;
    Result<std::optional<TaskRecord>> find_with_inputs(std::string_view account, std::string_view id) const override;
    Result<std::optional<TaskRecord>> find_anywhere(std::string_view id) const override;
    Result<std::int64_t> waiting(std::string_view account) const override;
    Result<TaskCounts> counts(std::string_view account) const override;
    Result<std::vector<TaskRecord>> dead(std::string_view account, int limit) const override;
    Result<std::vector<TaskRecord>> lapsed(Microseconds now, int limit) const override;
    Result<std::vector<TaskRecord>> leased(int limit) const override;
    Result<std::optional<Microseconds>> next_due() const override;
    Status add(const TaskRecord& task) override;
    Result<std::optional<TaskRecord>> lease_next(const LeaseRequest& request) override;
    Result<bool> renew(std::string_view id, std::int64_t lease_number, Microseconds until, int progress) override;
    Result<bool> put_back(const TaskRecord& task, Microseconds due_at, Microseconds now) override;
    Result<bool> finish(const TaskRecord& task, const TaskEnd& end) override;
    Result<bool> reopen(const TaskRecord& task, Microseconds now) override;

private:
    Result<std::optional<std::int64_t>> next_number(const LeaseRequest& request) const;
    Result<bool> may_run_more(std::string_view account) const;
    Status count(const TaskRecord& task, int waiting, int running);
    Result<std::vector<TaskInputRecord>> inputs(std::string_view task) const;

    Connection& db_;
};

class SqliteLedger final : public LedgerStore {
public:
    explicit SqliteLedger(Connection& db) : db_(db) {}
    Result<std::optional<AnswerRecord>> answer(std::string_view account, std::string_view key, Microseconds now) const override;
    Status keep_answer(const AnswerRecord& answer) override;
    Status forget_answers(Microseconds expired_before) override;
    Result<std::optional<BalanceRecord>> balance(std::string_view account) const override;
    Status put_balance(const BalanceRecord& balance) override;
    Status count_usage(const UsageRecord& usage) override;
    Result<std::vector<UsageRecord>> usage(std::string_view account, std::int64_t first_day, std::int64_t last_day) const override;

private:
    Connection& db_;
};

class SqliteEvents final : public EventStore {
public:
    explicit SqliteEvents(Connection& db) : db_(db) {}
    Status add(const EventRecord& event) override;
    Status add_personal(const PersonalRecord& personal) override;
    Result<std::string> last_event_id() const override;
    Result<std::vector<EventRecord>> after(std::int64_t position, int limit) const override;
    Result<std::vector<EventRecord>> in_stream_order(std::string_view stream, std::int64_t position, int limit) const override;
    Result<std::optional<PersonalRecord>> personal(std::string_view event) const override;
    Result<std::int64_t> last_position() const override;
    Status add_seal(const SealRecord& seal) override;
    Result<std::optional<SealRecord>> last_seal(std::string_view account) const override;
    Result<std::int64_t> sealed_position() const override;
    Result<std::vector<SealRecord>> seals_after(std::int64_t position, int limit) const override;
    Result<std::vector<std::string>> streams_without_record(int limit) const override;
    Result<std::vector<DocumentRecord>> documents_of_lineage(std::string_view lineage) const override;
    Result<std::vector<TaskRecord>> tasks_of_lineage(std::string_view lineage) const override;

private:
    Connection& db_;
};

// The columns of a row in the order that every select of it uses.
DocumentRecord read_document(const Query& row);
TaskRecord read_task(const Query& row);  // without inputs; columns as DOCWRIGHT_TASK_COLUMNS

#define DOCWRIGHT_DOCUMENT_COLUMNS "id, account, lineage, state, origin, file_name, media_type, bytes, sha256, created_at, expires_at"
#define DOCWRIGHT_TASK_COLUMNS                                                                                                 \
    "id, account, credential, lineage, state, operation, version, lane, input_values, secrets, fingerprint, result_document, " \
    "result_data, error_code, error_message, error_details, progress, credits, reserved, attempts, losses, rescues, "          \
    "lease_number, lease_owner, lease_until, created_at, updated_at, started_at, due_at, run, stage, item, secrets_wiped, number"

}  // namespace docwright
