#include "store/sqlite/rows.h"
#include "store/sqlite/tables.h"

namespace docwright {
namespace {

AccountRecord read_account(const Query& row) { return {row.text(0), row.text(1), row.text(2), account_state(row.text(3)), row.number(4)}; }

ApplicationRecord read_application(const Query& row) { return {row.text(0), row.text(1), row.text(2), row.text(3), row.number(4)}; }

CredentialRecord read_credential(const Query& row) {
    return {row.text(0),   row.text(1),   row.text(2),  row.text(3), row.text(4), row.text(5), credential_state(row.text(6)),
            row.number(7), row.number(8), row.number(9)};
}
#define CREDENTIAL_COLUMNS "client_id, account, application, kind, scopes, note, state, created_at, last_used_at, expires_at"

SecretRecord read_secret(const Query& row) { return {row.text(0), row.text(1), row.number(2)}; }

PlanRecord read_plan(const Query& row) {
    return {row.text(0), row.number(1), row.number(2), row.number(3), row.number(4), row.number(5), row.number(6)};
}

}  // namespace

Result<std::optional<AccountRecord>> SqliteAccounts::account(std::string_view id) const {
    Query query(db_, "select id, name, plan, state, created_at from accounts where id = ?1", id);
    return first_row(query, read_account);
}

Result<std::vector<AccountRecord>> SqliteAccounts::accounts() const {
    Query query(db_, "select id, name, plan, state, created_at from accounts order by created_at, id");
    return all_rows(query, read_account);
}

Status SqliteAccounts::add_account(const AccountRecord& account) {
    return Query(db_, "insert into accounts (id, name, plan, state, created_at) values (?1, ?2, ?3, ?4, ?5)", account.id, account.name,
                 account.plan, word(account.state), account.created_at)
        .run();
}

Status SqliteAccounts::set_account_state(std::string_view id, AccountState state) {
    return Query(db_, "update accounts set state = ?2 where id = ?1", id, word(state)).run();
}

Status SqliteAccounts::set_account_plan(std::string_view id, std::string_view plan) {
    return Query(db_, "update accounts set plan = ?2 where id = ?1", id, plan).run();
}

Result<std::vector<ApplicationRecord>> SqliteAccounts::applications(std::string_view account) const {
    Query query(db_, "select id, account, name, note, created_at from applications where account = ?1 order by created_at, id", account);
    return all_rows(query, read_application);
}

Status SqliteAccounts::add_application(const ApplicationRecord& application) {
    return Query(db_, "insert into applications (id, account, name, note, created_at) values (?1, ?2, ?3, ?4, ?5)", application.id,
                 application.account, application.name, application.note, application.created_at)
        .run();
}

Result<std::optional<CredentialRecord>> SqliteAccounts::credential(std::string_view client_id) const {
    Query query(db_, "select " CREDENTIAL_COLUMNS " from credentials where client_id = ?1", client_id);
    return first_row(query, read_credential);
}

Result<std::vector<CredentialRecord>> SqliteAccounts::credentials(std::string_view account) const {
    Query query(db_, "select " CREDENTIAL_COLUMNS " from credentials where ?1 in ('', account) order by created_at, client_id", account);
    return all_rows(query, read_credential);
}

Result<std::vector<CredentialRecord>> SqliteAccounts::expired_credentials(Microseconds now, int limit) const {
    Query query(db_,
                "select " CREDENTIAL_COLUMNS
                " from credentials where state = 'ACTIVE' and expires_at > 0 and expires_at <= ?1 order by expires_at limit ?2",
                now, limit);
    return all_rows(query, read_credential);
}

Status SqliteAccounts::add_credential(const CredentialRecord& credential) {
    return Query(db_, "insert into credentials (" CREDENTIAL_COLUMNS ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                 credential.client_id, credential.account, credential.application, credential.kind, credential.scopes, credential.note,
                 word(credential.state), credential.created_at, credential.last_used_at, credential.expires_at)
        .run();
}

Status SqliteAccounts::set_credential_state(std::string_view client_id, CredentialState state) {
    return Query(db_, "update credentials set state = ?2 where client_id = ?1", client_id, word(state)).run();
}

Status SqliteAccounts::note_use(std::string_view client_id, Microseconds now) {
    return Query(db_, "update credentials set last_used_at = ?2 where client_id = ?1", client_id, now).run();
}

Result<std::vector<SecretRecord>> SqliteAccounts::secrets(std::string_view client_id) const {
    Query query(db_, "select client_id, hash, valid_until from secrets where client_id = ?1 order by hash", client_id);
    return all_rows(query, read_secret);
}

Result<std::vector<SecretRecord>> SqliteAccounts::secrets_with_hash(std::string_view hash) const {
    Query query(db_, "select client_id, hash, valid_until from secrets where hash = ?1 order by client_id", hash);
    return all_rows(query, read_secret);
}

Status SqliteAccounts::add_secret(const SecretRecord& secret) {
    return Query(db_, "insert into secrets (hash, client_id, valid_until) values (?1, ?2, ?3)", secret.hash, secret.client_id,
                 secret.valid_until)
        .run();
}

Status SqliteAccounts::limit_secrets(std::string_view client_id, Microseconds valid_until) {
    return Query(db_, "update secrets set valid_until = ?2 where client_id = ?1 and (valid_until = 0 or valid_until > ?2)", client_id,
                 valid_until)
        .run();
}

Status SqliteAccounts::drop_secrets(std::string_view client_id) {
    return Query(db_, "delete from secrets where client_id = ?1", client_id).run();
}

Result<std::optional<PlanRecord>> SqliteAccounts::plan(std::string_view name) const {
    Query query(db_,
                "select name, credits_per_period, period_days, requests_per_minute, concurrent_tasks, upload_bytes, retention_hours "
                "from plans where name = ?1",
                name);
    return first_row(query, read_plan);
}

Status SqliteAccounts::put_plan(const PlanRecord& plan) {
    return Query(db_, "insert or replace into plans values (?1, ?2, ?3, ?4, ?5, ?6, ?7)", plan.name, plan.credits_per_period,
                 plan.period_days, plan.requests_per_minute, plan.concurrent_tasks, plan.upload_bytes, plan.retention_hours)
        .run();
}

}  // namespace docwright
