// A file that another version wrote: brought forward, worked on side by side, or refused.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/temporary_folder.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/sqlite_store.h"

namespace docwright {
namespace {

class Migrations : public testing::Test {
protected:
    TemporaryFolder folder;
    std::string path = (folder.path / kSqliteFileName).string();

    void run(const std::string& sql) {
        auto connection = Connection::open(path, Connection::Use::Write, false).take();
        ASSERT_TRUE(connection->run(sql.c_str()).ok());
    }
    static std::string first_version() {
        std::ifstream file(DOCWRIGHT_SOURCE_FOLDER "/src/store/migrations/sqlite/0001_foundation.sql");
        std::stringstream text;
        text << file.rdbuf() << "; pragma user_version = 1;";
        return text.str();
    }
};

TEST_F(Migrations, bring_a_file_of_the_first_version_forward_with_all_that_is_in_it) {
    run(first_version());
    run("insert into tasks (id, account, credential, lineage, state, operation, version, lane, input_values, secrets, fingerprint, "
        "result_document, credits, reserved, created_at, updated_at, due_at) "
        "values ('t', 'a', 'c', 'l', 'PENDING', 'op', 1, 'pdf', '{}', 'a password', '', '', 0, 0, 1, 1, 1);"
        "insert into balances values ('a', 1, 2, 3, 1)");
    auto store = open_sqlite_store({.path = path}).take();
    ASSERT_TRUE(store
                    ->read([](const View& view) -> Status {
                        const TaskRecord task = TRY(view.tasks.find("a", "t")).value();
                        EXPECT_EQ(task.secrets, "a password");
                        EXPECT_FALSE(task.secrets_wiped);
                        const BalanceRecord balance = TRY(view.ledger.balance("a")).value();
                        EXPECT_EQ(balance.reserved, 3);
                        EXPECT_TRUE(balance.exhausted);
                        EXPECT_FALSE(balance.low);
                        return success();
                    })
                    .ok());
    EXPECT_EQ(store->setting("compatible_from").value(), "1") << "the version before may go on beside this one";
}

TEST_F(Migrations, run_once) {
    for (int time = 0; time < 3; ++time) EXPECT_TRUE(open_sqlite_store({.path = path}).ok());
}

TEST_F(Migrations, refuse_a_file_of_a_newer_version_that_this_one_cannot_work_on) {
    ASSERT_TRUE(open_sqlite_store({.path = path}).ok());
    run("pragma user_version = 1000; insert or replace into settings values ('compatible_from', '1000')");
    EXPECT_EQ(open_sqlite_store({.path = path}).error().fault, Fault::Unsupported);
}

TEST_F(Migrations, work_on_a_file_of_a_newer_version_that_only_added) {
    ASSERT_TRUE(open_sqlite_store({.path = path}).ok());
    run("pragma user_version = 1000; insert or replace into settings values ('compatible_from', '1'); "
        "alter table accounts add column of_the_future integer not null default 0");
    auto store = open_sqlite_store({.path = path});
    ASSERT_TRUE(store.ok());
    EXPECT_TRUE(store.value()->write([](Transaction& transaction) { return transaction.accounts.add_account({.id = "a"}); }).ok());
}

TEST_F(Migrations, are_not_run_by_who_only_reads) {
    run(first_version());
    EXPECT_EQ(open_sqlite_store({.path = path, .existing = true}).error().fault, Fault::Unsupported);
    ASSERT_TRUE(open_sqlite_store({.path = path}).ok());
    EXPECT_TRUE(open_sqlite_store({.path = path, .existing = true}).ok());
}

TEST_F(Migrations, report_a_file_that_is_no_store_as_a_storage_error) {
    std::ofstream(path) << std::string(5'000, 'x');
    EXPECT_EQ(open_sqlite_store({.path = path}).error().reason, "STORAGE_ERROR");
}

}  // namespace
}  // namespace docwright
