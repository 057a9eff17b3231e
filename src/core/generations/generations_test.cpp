#include "core/generations/generations.h"

#include <gtest/gtest.h>

#include "core/events/verify.h"
#include "core/testing.h"

namespace docwright {
namespace {

class Generating : public testing::Test {
protected:
    TestCore test;
    Caller caller = test.caller();

    void plan_with(std::int64_t credits) {
        ASSERT_TRUE(test.core->parts()
                        .store
                        .write([&](Transaction& transaction) -> Status {
                            PlanRecord plan{.name = "small"};
                            plan.credits_per_period = credits;
                            TRY(transaction.accounts.put_plan(plan));
                            return transaction.accounts.set_account_plan(caller.account, "small");
                        })
                        .ok());
    }
    Result<BegunGeneration> begin(std::string key = {}, std::string request = "aa") {
        return test.core->generations.begin(caller, {.operation = "generate-document",
                                                     .request_sha256 = std::move(request),
                                                     .template_sha256 = "bb",
                                                     .idempotency_key = std::move(key)});
    }
    Result<Microseconds> complete(const BegunGeneration& begun) {
        return test.core->generations.complete(caller, begun, {.sha256 = std::string(64, 'c'), .bytes_in = 10, .bytes_out = 20});
    }
    std::int64_t credits_left() { return test.core->credits.remaining(caller.account).value().value_or(-1); }
    int events(std::string_view type) {
        int count = 0;
        EXPECT_TRUE(test.core->parts()
                        .store
                        .read([&](const View& view) -> Status {
                            for (const EventRecord& event : TRY(view.events.after(0, 1'000))) count += event.body.contains(type) ? 1 : 0;
                            return success();
                        })
                        .ok());
        return count;
    }
};

TEST_F(Generating, takes_a_credit_for_a_document_and_none_for_a_failure) {
    plan_with(2);
    ASSERT_TRUE(complete(begin().value()).ok());
    EXPECT_EQ(credits_left(), 1);
    ASSERT_TRUE(test.core->generations.fail(caller, begin().value(), {Fault::InvalidInput, "no Word file"}, {}).ok());
    EXPECT_EQ(credits_left(), 1);
    ASSERT_TRUE(complete(begin().value()).ok());
    EXPECT_EQ(begin().error().reason, "INSUFFICIENT_CREDITS");
    EXPECT_EQ(events("generation.completed"), 2);
    EXPECT_EQ(events("generation.failed"), 1);
    EXPECT_EQ(events("credits.exhausted"), 1);
}

TEST_F(Generating, gives_the_last_credit_once_when_two_have_begun) {
    plan_with(1);
    const BegunGeneration first = begin().value(), second = begin().value();
    ASSERT_TRUE(complete(first).ok());
    EXPECT_EQ(complete(second).error().reason, "INSUFFICIENT_CREDITS");
    EXPECT_EQ(credits_left(), 0);
}

TEST_F(Generating, has_credits_again_in_the_next_period) {
    ASSERT_NO_FATAL_FAILURE(plan_with(1));
    ASSERT_TRUE(test.core->parts()
                    .store
                    .write([&](Transaction& transaction) -> Status {
                        PlanRecord plan{.name = "small"};
                        plan.credits_per_period = 1;
                        plan.period_days = 1;
                        return transaction.accounts.put_plan(plan);
                    })
                    .ok());
    ASSERT_TRUE(complete(begin().value()).ok());
    EXPECT_FALSE(begin().ok());
    test.clock.advance(25LL * 3600 * kMicrosecondsPerSecond);
    EXPECT_TRUE(complete(begin().value()).ok());
}

TEST_F(Generating, repeats_with_the_time_of_the_first_call_and_for_nothing) {
    plan_with(5);
    const BegunGeneration first = begin("key").value();
    EXPECT_EQ(complete(first).value(), first.time);
    test.clock.advance(3600 * kMicrosecondsPerSecond);
    const BegunGeneration again = begin("key").value();
    EXPECT_TRUE(again.repeated);
    EXPECT_EQ(again.time, first.time);
    EXPECT_EQ(complete(again).value(), first.time);
    EXPECT_EQ(credits_left(), 4);
    EXPECT_EQ(begin("key", "another request").error().fault, Fault::Conflict);
    test.clock.advance(25LL * 3600 * kMicrosecondsPerSecond);
    EXPECT_FALSE(begin("key").value().repeated);
}

TEST_F(Generating, of_two_at_once_with_one_key_gives_both_the_time_of_the_faster_one) {
    plan_with(5);
    const BegunGeneration slow = begin("key").value();
    test.clock.advance(kMicrosecondsPerSecond);
    const BegunGeneration fast = begin("key").value();
    EXPECT_EQ(complete(fast).value(), fast.time);
    EXPECT_EQ(complete(slow).value(), fast.time);
    EXPECT_EQ(credits_left(), 4);
}

TEST_F(Generating, may_be_repeated_after_a_failure) {
    ASSERT_TRUE(test.core->generations.fail(caller, begin("key").value(), {Fault::EngineLost, "crashed"}, {}).ok());
    const BegunGeneration again = begin("key").value();
    EXPECT_FALSE(again.repeated);
    EXPECT_TRUE(complete(again).ok());
}

TEST_F(Generating, leaves_a_log_that_proves_itself) {
    ASSERT_TRUE(complete(begin().value()).ok());
    ASSERT_TRUE(test.core->generations.fail(caller, begin().value(), {Fault::InvalidInput, "no Word file"}, {}).ok());
    const Verification found = verify_log(test.core->parts().store, test.core->parts().blobs, [](const StreamHead&) {}).take();
    EXPECT_TRUE(found.findings.empty()) << found.findings.front().what;
}

}  // namespace
}  // namespace docwright
