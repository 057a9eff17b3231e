// Accounts, applications, credentials, secrets and plans in any store.
#include "store/conformance/store_under_test.h"

namespace docwright {
namespace {

CredentialRecord credential(std::string client_id, std::string account, Microseconds expires_at = 0) {
    CredentialRecord made{.client_id = std::move(client_id), .account = std::move(account), .application = "app"};
    made.scopes = "pdf esign";
    made.note = "for tests";
    made.created_at = 10;
    made.expires_at = expires_at;
    return made;
}

TEST_P(StoreAccounts, come_back_as_they_were_put_oldest_first) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.accounts.add_account({.id = "younger", .name = "Y", .plan = "small", .created_at = 20}));
        return transaction.accounts.add_account({.id = "older", .name = "O", .created_at = 10});
    });
    reopen();
    const auto accounts = read([](const View& view) { return view.accounts.accounts(); });
    ASSERT_EQ(accounts.size(), 2U);
    EXPECT_EQ(accounts[0].id, "older");
    EXPECT_EQ(accounts[1].name, "Y");
    EXPECT_EQ(accounts[1].plan, "small");
    EXPECT_EQ(accounts[1].created_at, 20);
    EXPECT_EQ(accounts[1].state, AccountState::Active);
    EXPECT_FALSE(read([](const View& view) { return view.accounts.account("unknown"); }).has_value());
}

TEST_P(StoreAccounts, change_state_and_plan_of_the_named_one_only) {
    write([](Transaction& transaction) -> Status {
        for (const char* id : {"a", "b"}) TRY(transaction.accounts.add_account({.id = id, .name = id}));
        TRY(transaction.accounts.set_account_state("a", AccountState::Closed));
        return transaction.accounts.set_account_plan("a", "small");
    });
    const auto accounts = read([](const View& view) { return view.accounts.accounts(); });
    EXPECT_EQ(accounts[0].state, AccountState::Closed);
    EXPECT_EQ(accounts[0].plan, "small");
    EXPECT_EQ(accounts[1].state, AccountState::Active);
    EXPECT_EQ(accounts[1].plan, "");
}

TEST_P(StoreAccounts, list_their_own_applications_only_oldest_first) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.accounts.add_application({.id = "2", .account = "a", .name = "second", .note = "n", .created_at = 20}));
        TRY(transaction.accounts.add_application({.id = "1", .account = "a", .name = "first", .created_at = 10}));
        return transaction.accounts.add_application({.id = "3", .account = "b", .name = "foreign"});
    });
    const auto applications = read([](const View& view) { return view.accounts.applications("a"); });
    ASSERT_EQ(applications.size(), 2U);
    EXPECT_EQ(applications[0].name, "first");
    EXPECT_EQ(applications[1].note, "n");
}

TEST_P(StoreAccounts, keep_credentials_with_all_that_belongs_to_them) {
    write([](Transaction& transaction) { return transaction.accounts.add_credential(credential("id", "a", 99)); });
    reopen();
    const auto kept = read([](const View& view) { return view.accounts.credential("id"); }).value();
    EXPECT_EQ(kept.account, "a");
    EXPECT_EQ(kept.application, "app");
    EXPECT_EQ(kept.kind, "api");
    EXPECT_EQ(kept.scopes, "pdf esign");
    EXPECT_EQ(kept.note, "for tests");
    EXPECT_EQ(kept.state, CredentialState::Active);
    EXPECT_EQ(kept.created_at, 10);
    EXPECT_EQ(kept.last_used_at, 0);
    EXPECT_EQ(kept.expires_at, 99);
}

TEST_P(StoreAccounts, list_credentials_of_one_account_or_of_all) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.accounts.add_credential(credential("1", "a")));
        return transaction.accounts.add_credential(credential("2", "b"));
    });
    EXPECT_EQ(read([](const View& view) { return view.accounts.credentials("a"); }).size(), 1U);
    EXPECT_EQ(read([](const View& view) { return view.accounts.credentials(""); }).size(), 2U);
    EXPECT_TRUE(read([](const View& view) { return view.accounts.credentials("c"); }).empty());
}

TEST_P(StoreAccounts, name_credentials_past_their_day_until_their_state_says_so) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.accounts.add_credential(credential("never", "a", 0)));
        TRY(transaction.accounts.add_credential(credential("today", "a", 100)));
        TRY(transaction.accounts.add_credential(credential("tomorrow", "a", 101)));
        TRY(transaction.accounts.add_credential(credential("revoked", "a", 50)));
        return transaction.accounts.set_credential_state("revoked", CredentialState::Revoked);
    });
    const auto due = read([](const View& view) { return view.accounts.expired_credentials(100, 10); });
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due.front().client_id, "today");
    write([](Transaction& transaction) { return transaction.accounts.set_credential_state("today", CredentialState::Expired); });
    EXPECT_TRUE(read([](const View& view) { return view.accounts.expired_credentials(100, 10); }).empty());
    EXPECT_EQ(read([](const View& view) { return view.accounts.expired_credentials(500, 0); }).size(), 0U) << "the limit holds";
}

TEST_P(StoreAccounts, note_the_last_use_of_a_credential) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.accounts.add_credential(credential("1", "a")));
        TRY(transaction.accounts.add_credential(credential("2", "a")));
        return transaction.accounts.note_use("1", 77);
    });
    EXPECT_EQ(read([](const View& view) { return view.accounts.credential("1"); })->last_used_at, 77);
    EXPECT_EQ(read([](const View& view) { return view.accounts.credential("2"); })->last_used_at, 0);
}

TEST_P(StoreAccounts, end_old_secrets_at_the_end_of_a_grace_time_and_never_lengthen_a_life) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.accounts.add_secret({.client_id = "id", .hash = "1-ends-soon", .valid_until = 50}));
        TRY(transaction.accounts.add_secret({.client_id = "id", .hash = "2-ends-late", .valid_until = 500}));
        TRY(transaction.accounts.add_secret({.client_id = "id", .hash = "3-endless"}));
        TRY(transaction.accounts.add_secret({.client_id = "other", .hash = "4-foreign"}));
        TRY(transaction.accounts.limit_secrets("id", 100));
        return transaction.accounts.add_secret({.client_id = "id", .hash = "5-new"});
    });
    const auto secrets = read([](const View& view) { return view.accounts.secrets("id"); });
    ASSERT_EQ(secrets.size(), 4U);
    EXPECT_EQ(secrets[0].valid_until, 50);
    EXPECT_EQ(secrets[1].valid_until, 100);
    EXPECT_EQ(secrets[2].valid_until, 100);
    EXPECT_EQ(secrets[3].valid_until, 0);
    EXPECT_EQ(read([](const View& view) { return view.accounts.secrets("other"); }).front().valid_until, 0);
}

TEST_P(StoreAccounts, drop_all_secrets_of_a_revoked_credential_and_nobody_elses) {
    write([](Transaction& transaction) -> Status {
        for (const char* hash : {"1", "2"}) TRY(transaction.accounts.add_secret({.client_id = "id", .hash = hash}));
        TRY(transaction.accounts.add_secret({.client_id = "other", .hash = "1"}));
        return transaction.accounts.drop_secrets("id");
    });
    EXPECT_TRUE(read([](const View& view) { return view.accounts.secrets("id"); }).empty());
    EXPECT_EQ(read([](const View& view) { return view.accounts.secrets("other"); }).size(), 1U);
}

TEST_P(StoreAccounts, find_every_credential_that_has_a_secret) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.accounts.add_secret({.client_id = "b", .hash = "same"}));
        TRY(transaction.accounts.add_secret({.client_id = "a", .hash = "same"}));
        return transaction.accounts.add_secret({.client_id = "a", .hash = "another"});
    });
    const auto found = read([](const View& view) { return view.accounts.secrets_with_hash("same"); });
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].client_id, "a");
    EXPECT_EQ(found[1].client_id, "b");
}

TEST_P(StoreAccounts, replace_a_plan_under_its_name) {
    PlanRecord plan{.name = "small", .credits_per_period = 1, .period_days = 2, .requests_per_minute = 3, .concurrent_tasks = 4};
    plan.upload_bytes = 5;
    write([&](Transaction& transaction) { return transaction.accounts.put_plan(plan); });
    plan.retention_hours = 6;
    write([&](Transaction& transaction) { return transaction.accounts.put_plan(plan); });
    reopen();
    const auto kept = read([](const View& view) { return view.accounts.plan("small"); }).value();
    EXPECT_EQ(kept.credits_per_period, 1);
    EXPECT_EQ(kept.period_days, 2);
    EXPECT_EQ(kept.requests_per_minute, 3);
    EXPECT_EQ(kept.concurrent_tasks, 4);
    EXPECT_EQ(kept.upload_bytes, 5);
    EXPECT_EQ(kept.retention_hours, 6);
    EXPECT_FALSE(read([](const View& view) { return view.accounts.plan("unknown"); }).has_value());
}

}  // namespace
}  // namespace docwright
