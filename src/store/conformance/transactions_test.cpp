// Transactions, views and settings of any store.
#include <atomic>
#include <stdexcept>
#include <thread>

#include "store/conformance/store_under_test.h"

namespace docwright {
namespace {

constexpr int kThreads = 4;
constexpr int kWritesEach = 25;

Status add_account(Transaction& transaction, std::string id) {
    return transaction.accounts.add_account({.id = std::move(id), .name = "n"});
}

TEST_P(StoreTransactions, keep_everything_their_work_did_when_it_succeeds) {
    write([](Transaction& transaction) -> Status {
        TRY(add_account(transaction, "a"));
        TRY(transaction.events.add({.account = "a", .stream = "account/a", .body = R"({"id":"evt_1"})"}));
        return transaction.ledger.put_balance({.account = "a", .used = 1});
    });
    read([](const View& view) -> Status {
        EXPECT_TRUE(TRY(view.accounts.account("a")).has_value());
        EXPECT_EQ(TRY(view.events.after(0, 10)).size(), 1U);
        EXPECT_TRUE(TRY(view.ledger.balance("a")).has_value());
        return success();
    });
}

TEST_P(StoreTransactions, undo_everything_their_work_did_when_it_fails_and_give_its_error) {
    const Status failed = store->write([](Transaction& transaction) -> Status {
        TRY(add_account(transaction, "a"));
        TRY(transaction.events.add({.account = "a", .stream = "account/a", .body = R"({"id":"evt_1"})"}));
        TRY(transaction.documents.hold_blob({.account = "a", .sha256 = "aa", .bytes = 1}));
        return Error{Fault::Conflict, "changed its mind"};
    });
    EXPECT_EQ(failed.error().message, "changed its mind");
    read([](const View& view) -> Status {
        EXPECT_FALSE(TRY(view.accounts.account("a")).has_value());
        EXPECT_TRUE(TRY(view.events.after(0, 10)).empty());
        EXPECT_FALSE(TRY(view.documents.blob_known("a", "aa")));
        return success();
    });
}

TEST_P(StoreTransactions, that_need_not_be_on_disk_at_once_are_seen_by_all_outlive_the_store_and_are_undone_like_others) {
    const auto add = [this](const char* id, Durability durability, const Status& outcome) {
        return store->write(
            [&](Transaction& transaction) -> Status {
                TRY(add_account(transaction, id));
                return outcome;
            },
            durability);
    };
    EXPECT_TRUE(add("soon", Durability::Soon, success()).ok());
    EXPECT_FALSE(add("never", Durability::Soon, Error{Fault::Conflict, "changed its mind"}).ok());
    EXPECT_TRUE(add("on disk", Durability::OnDisk, success()).ok());
    EXPECT_TRUE(add("soon again", Durability::Soon, success()).ok());
    for (int round = 0; round < 2; ++round) {
        read([](const View& view) -> Status {
            for (const char* id : {"soon", "on disk", "soon again"}) EXPECT_TRUE(TRY(view.accounts.account(id)).has_value()) << id;
            EXPECT_FALSE(TRY(view.accounts.account("never")).has_value());
            return success();
        });
        reopen();
    }
}

TEST_P(StoreTransactions, see_their_own_changes_while_they_run) {
    write([](Transaction& transaction) -> Status {
        TRY(add_account(transaction, "a"));
        EXPECT_TRUE(TRY(transaction.accounts.account("a")).has_value());
        return success();
    });
}

TEST_P(StoreTransactions, end_with_a_storage_error_where_a_row_is_there_already_and_leave_it_as_it_was) {
    write([](Transaction& transaction) { return add_account(transaction, "a"); });
    const Status again = store->write(
        [](Transaction& transaction) { return transaction.accounts.add_account({.id = "a", .name = "another with the same id"}); });
    EXPECT_EQ(again.error().fault, Fault::Internal);
    EXPECT_EQ(read([](const View& view) { return view.accounts.account("a"); })->name, "n");
}

TEST_P(StoreTransactions, that_throw_are_undone_with_an_error_and_block_nobody) {
    constexpr int kMoreThanConnections = 20;
    for (int time = 0; time < kMoreThanConnections; ++time) {
        const Status written = store->write([](Transaction& transaction) -> Status {
            TRY(add_account(transaction, "a"));
            throw std::out_of_range("a mistake of ours");
        });
        EXPECT_EQ(written.error().fault, Fault::Internal);
        const Status seen = store->read([](const View&) -> Status { throw std::out_of_range("a mistake of ours"); });
        EXPECT_EQ(seen.error().detail, "a mistake of ours");
    }
    write([](Transaction& transaction) { return add_account(transaction, "b"); });
    EXPECT_EQ(read([](const View& view) { return view.accounts.accounts(); }).size(), 1U);
}

TEST_P(StoreTransactions, that_fail_take_nothing_from_those_beside_them) {
    std::atomic<int> refused = 0;
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back([this, thread, &refused] {
            for (int turn = 0; turn < kWritesEach; ++turn) {
                const bool fails = turn % 5 == 0;
                const Status outcome = store->write([&](Transaction& transaction) -> Status {
                    TRY(add_account(transaction, std::to_string(thread) + "-" + std::to_string(turn)));
                    if (fails) return Error{Fault::Conflict, "no"};
                    return success();
                });
                EXPECT_EQ(outcome.ok(), !fails);
                if (!outcome.ok()) ++refused;
            }
        });
    }
    threads.clear();
    EXPECT_EQ(refused, kThreads * kWritesEach / 5);
    EXPECT_EQ(read([](const View& view) { return view.accounts.accounts(); }).size(),
              static_cast<std::size_t>(kThreads * kWritesEach * 4 / 5));
}

TEST_P(StoreTransactions, come_one_after_the_other_so_that_no_count_is_lost) {
    write([](Transaction& transaction) { return transaction.ledger.put_balance({.account = "a"}); });
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
        threads.emplace_back([this] {
            for (int turn = 0; turn < kWritesEach; ++turn) {
                EXPECT_TRUE(store
                                ->write([](Transaction& transaction) -> Status {
                                    BalanceRecord balance = TRY(transaction.ledger.balance("a")).value();
                                    ++balance.used;
                                    return transaction.ledger.put_balance(balance);
                                })
                                .ok());
            }
        });
    }
    threads.clear();
    EXPECT_EQ(read([](const View& view) { return view.ledger.balance("a"); })->used, kThreads * kWritesEach);
}

TEST_P(StoreTransactions, that_commit_during_a_view_do_not_change_what_it_sees) {
    read([&](const View& view) -> Status {
        EXPECT_TRUE(TRY(view.accounts.accounts()).empty());
        EXPECT_TRUE(store->write([](Transaction& transaction) { return add_account(transaction, "a"); }).ok());
        EXPECT_TRUE(TRY(view.accounts.accounts()).empty());
        return success();
    });
    EXPECT_EQ(read([](const View& view) { return view.accounts.accounts(); }).size(), 1U);
}

TEST_P(StoreTransactions, keep_texts_with_quotes_line_ends_and_every_script_as_they_are) {
    const std::string name = "'; drop table accounts; --\r\n\t\"\\ \xE6\x97\xA5\xE6\x9C\xAC \xD7\xA2";
    write([&](Transaction& transaction) { return transaction.accounts.add_account({.id = "a", .name = name}); });
    EXPECT_EQ(read([](const View& view) { return view.accounts.account("a"); })->name, name);
}

TEST_P(StoreTransactions, stay_after_the_store_is_opened_again) {
    write([](Transaction& transaction) { return add_account(transaction, "a"); });
    ASSERT_TRUE(store->put_setting("key", "value").ok());
    reopen();
    EXPECT_TRUE(read([](const View& view) { return view.accounts.account("a"); }).has_value());
    EXPECT_EQ(store->setting("key").value(), "value");
}

TEST_P(StoreTransactions, leave_settings_empty_until_set_and_replace_them_after) {
    EXPECT_EQ(store->setting("key").value(), "");
    ASSERT_TRUE(store->put_setting("key", "first").ok());
    ASSERT_TRUE(store->put_setting("key", "second").ok());
    EXPECT_EQ(store->setting("key").value(), "second");
}

}  // namespace
}  // namespace docwright
