// Kept answers, balances and usage in any store.
#include "store/conformance/store_under_test.h"

namespace docwright {
namespace {

TEST_P(StoreLedger, gives_a_kept_answer_to_its_account_and_key_until_its_time_is_over) {
    write([](Transaction& transaction) { return transaction.ledger.keep_answer({"a", "key", "print", "answer", 100}); });
    reopen();
    read([](const View& view) -> Status {
        const auto kept = TRY(view.ledger.answer("a", "key", 99));
        EXPECT_TRUE(kept && kept->fingerprint == "print" && kept->answer == "answer" && kept->expires_at == 100);
        EXPECT_FALSE(TRY(view.ledger.answer("a", "key", 100)).has_value());
        EXPECT_FALSE(TRY(view.ledger.answer("b", "key", 99)).has_value()) << "of another account";
        EXPECT_FALSE(TRY(view.ledger.answer("a", "KEY", 99)).has_value()) << "keys are compared byte by byte";
        return success();
    });
}

TEST_P(StoreLedger, replaces_an_answer_whose_time_is_over) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.ledger.keep_answer({"a", "key", "1", "first", 100}));
        return transaction.ledger.keep_answer({"a", "key", "2", "second", 200});
    });
    EXPECT_EQ(read([](const View& view) { return view.ledger.answer("a", "key", 150); })->answer, "second");
}

TEST_P(StoreLedger, forgets_old_answers_only) {
    write([](Transaction& transaction) -> Status {
        TRY(transaction.ledger.keep_answer({"a", "old", "1", "x", 99}));
        TRY(transaction.ledger.keep_answer({"a", "new", "1", "x", 100}));
        return transaction.ledger.forget_answers(100);
    });
    EXPECT_FALSE(read([](const View& view) { return view.ledger.answer("a", "old", 0); }).has_value());
    EXPECT_TRUE(read([](const View& view) { return view.ledger.answer("a", "new", 0); }).has_value());
}

TEST_P(StoreLedger, keeps_one_balance_of_an_account) {
    EXPECT_FALSE(read([](const View& view) { return view.ledger.balance("a"); }).has_value());
    write([](Transaction& transaction) -> Status {
        TRY(transaction.ledger.put_balance({.account = "a", .used = 1}));
        return transaction.ledger.put_balance(
            {.account = "a", .period_start = 10, .used = 2, .reserved = 3, .exhausted = true, .low = true});
    });
    reopen();
    const BalanceRecord kept = read([](const View& view) { return view.ledger.balance("a"); }).value();
    EXPECT_EQ(kept.period_start, 10);
    EXPECT_EQ(kept.used, 2);
    EXPECT_EQ(kept.reserved, 3);
    EXPECT_TRUE(kept.exhausted);
    EXPECT_TRUE(kept.low);
    EXPECT_FALSE(read([](const View& view) { return view.ledger.balance("b"); }).has_value());
}

TEST_P(StoreLedger, adds_usage_up_in_rows_of_what_differs) {
    UsageRecord once{.account = "a", .day = 7, .operation = "op", .credential = "cred", .code = "COMPLETED", .duration_bucket = 4};
    once.calls = 1;
    once.credits = 2;
    once.milliseconds = 9;
    once.bytes_in = 100;
    once.bytes_out = 50;
    UsageRecord failed = once;
    failed.code = "INVALID_PASSWORD";
    write([&](Transaction& transaction) -> Status {
        for (const UsageRecord* usage : {&once, &once, &failed}) TRY(transaction.ledger.count_usage(*usage));
        return success();
    });
    reopen();
    const auto rows = read([](const View& view) { return view.ledger.usage("a", 7, 7); });
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].code, "COMPLETED");
    EXPECT_EQ(rows[0].calls, 2);
    EXPECT_EQ(rows[0].credits, 4);
    EXPECT_EQ(rows[0].milliseconds, 18);
    EXPECT_EQ(rows[0].bytes_in, 200);
    EXPECT_EQ(rows[0].bytes_out, 100);
    EXPECT_EQ(rows[0].duration_bucket, 4);
    EXPECT_EQ(rows[1].calls, 1);
}

TEST_P(StoreLedger, tells_usage_of_one_account_or_of_all_between_two_days_both_included) {
    write([](Transaction& transaction) -> Status {
        for (const char* account : {"a", "b"}) {
            for (std::int64_t day : {1, 2, 3, 4}) TRY(transaction.ledger.count_usage({.account = account, .day = day, .calls = 1}));
        }
        return success();
    });
    EXPECT_EQ(read([](const View& view) { return view.ledger.usage("a", 2, 3); }).size(), 2U);
    EXPECT_EQ(read([](const View& view) { return view.ledger.usage("", 2, 3); }).size(), 4U);
    EXPECT_TRUE(read([](const View& view) { return view.ledger.usage("c", 1, 4); }).empty());
}

}  // namespace
}  // namespace docwright
