#include "core/accounts/credentials.h"

#include <gtest/gtest.h>

#include "core/testing.h"

namespace docwright {
namespace {

constexpr Microseconds kMinute = 60 * kMicrosecondsPerSecond;

class CredentialCheck : public testing::Test {
protected:
    TestCore test;
    IssuedCredential issued = test.credential();

    Result<Caller> check(std::string_view id, std::string_view secret, std::string_view api_key = {}) {
        return test.core->credentials.check({.client_id = id, .client_secret = secret, .api_key = api_key}, {.address = "192.0.2.7"});
    }
    int records_of(std::string_view type) {
        int count = 0;
        EXPECT_TRUE(test.core->parts()
                        .store
                        .read([&](const View& view) -> Status {
                            for (const EventRecord& event : TRY(view.events.after(0, 10'000))) {
                                count += event.body.find("\"type\":\"" + std::string(type) + "\"") != std::string::npos ? 1 : 0;
                            }
                            return success();
                        })
                        .ok());
        return count;
    }
};

TEST_F(CredentialCheck, takes_the_pair_or_the_secret_alone) {
    EXPECT_EQ(check(issued.client_id, issued.client_secret).value().account, issued.account);
    EXPECT_EQ(check("", "", issued.client_secret).value().client_id, issued.client_id);
    EXPECT_TRUE(check(issued.client_id, issued.client_secret, "ignored").ok());
}

TEST_F(CredentialCheck, refuses_everything_else_with_one_text) {
    const std::string wrong = check(issued.client_id, "wrong").error().message;
    EXPECT_EQ(check("unknown", issued.client_secret).error().message, wrong);
    EXPECT_EQ(check("", "", "wrong").error().message, wrong);
    for (const auto& error :
         {check("", "").error(), check(issued.client_id, "").error(), check("", issued.client_secret, issued.client_secret).error()}) {
        EXPECT_EQ(error.fault, Fault::Unauthorized);
    }
}

TEST_F(CredentialCheck, keeps_the_old_secret_for_the_grace_time_of_a_rotation) {
    const IssuedCredential fresh = test.core->accounts.rotate(issued.client_id, kMinute, test.actor).take();
    EXPECT_TRUE(check(issued.client_id, issued.client_secret).ok());
    EXPECT_TRUE(check(issued.client_id, fresh.client_secret).ok());
    test.clock.advance(kMinute);
    EXPECT_FALSE(check(issued.client_id, issued.client_secret).ok());
    EXPECT_TRUE(check(issued.client_id, fresh.client_secret).ok());
}

TEST_F(CredentialCheck, ends_with_a_revocation_at_once) {
    ASSERT_TRUE(test.core->accounts.revoke(issued.client_id, test.actor).ok());
    EXPECT_FALSE(check(issued.client_id, issued.client_secret).ok());
    EXPECT_EQ(test.core->accounts.rotate(issued.client_id, 0, test.actor).error().fault, Fault::Conflict);
}

TEST_F(CredentialCheck, takes_over_a_chosen_pair_once) {
    const NewCredential order{
        .account = issued.account, .client_id = "foxit_abcdefghijklmnop", .client_secret = "0123456789abcdef0123456789abcdef"};
    ASSERT_TRUE(test.core->accounts.create_credential(order, test.actor).ok());
    EXPECT_TRUE(check("foxit_abcdefghijklmnop", "0123456789abcdef0123456789abcdef").ok());
    EXPECT_EQ(test.core->accounts.create_credential(order, test.actor).error().fault, Fault::Conflict);
}

TEST_F(CredentialCheck, says_forbidden_and_not_unauthorized_when_only_the_scope_is_missing) {
    const IssuedCredential narrow =
        test.core->accounts.create_credential({.account = issued.account, .scopes = "esign"}, test.actor).take();
    const Caller caller = check(narrow.client_id, narrow.client_secret).take();
    EXPECT_EQ(require_scope(caller, "pdf").error().fault, Fault::Forbidden);
    EXPECT_TRUE(require_scope(caller, "esign").ok());
}

TEST_F(CredentialCheck, writes_refusals_once_a_minute_with_their_count) {
    for (int turn = 0; turn < 50; ++turn) EXPECT_FALSE(check(issued.client_id, "wrong").ok());
    EXPECT_EQ(records_of("credential.refused"), 1);
    test.clock.advance(kMinute);
    ASSERT_TRUE(test.core->credentials.flush_refusals().ok());
    EXPECT_EQ(records_of("credential.refused"), 2);
}

TEST_F(CredentialCheck, keeps_a_flood_of_made_up_ids_out_of_log_and_memory) {
    for (int turn = 0; turn < 3'000; ++turn) EXPECT_FALSE(check("id" + std::to_string(turn), "wrong").ok());
    EXPECT_EQ(records_of("credential.refused"), 1) << "unknown ids of one address count together";
}

TEST_F(CredentialCheck, expires_on_its_day) {
    const IssuedCredential brief =
        test.core->accounts.create_credential({.account = issued.account, .expires_at = test.clock.now() + kMinute}, test.actor).take();
    EXPECT_TRUE(check(brief.client_id, brief.client_secret).ok());
    test.clock.advance(kMinute);
    EXPECT_FALSE(check(brief.client_id, brief.client_secret).ok());
    EXPECT_EQ(test.core->credentials.expire().value(), 1);
    EXPECT_EQ(records_of("credential.expired"), 1);
}

TEST_F(CredentialCheck, notes_the_last_use_at_most_once_a_minute) {
    const Microseconds first = test.clock.now();
    ASSERT_TRUE(check(issued.client_id, issued.client_secret).ok());
    test.clock.advance(kMinute / 2);
    ASSERT_TRUE(check(issued.client_id, issued.client_secret).ok());
    EXPECT_EQ(test.core->accounts.credentials(issued.account).value().front().last_used_at, first);
    test.clock.advance(kMinute);
    ASSERT_TRUE(check(issued.client_id, issued.client_secret).ok());
    EXPECT_EQ(test.core->accounts.credentials(issued.account).value().front().last_used_at, test.clock.now());
}

}  // namespace
}  // namespace docwright
