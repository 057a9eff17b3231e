// A disk without room, for real: this process may not write beyond a size of file. SQLite gets the failed write itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "base/temporary_folder.h"
#include "store/sqlite/sqlite_store.h"

namespace docwright {
namespace {

constexpr int kMostWrites = 10'000;  // long before it the limit is hit

// No file grows past `bytes` while this lives.
class NoRoom {
public:
    explicit NoRoom(std::uintmax_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit now{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &now);
    }
    ~NoRoom() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    NoRoom(const NoRoom&) = delete;
    NoRoom& operator=(const NoRoom&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int);
};

class FullDisk : public testing::Test {
protected:
    TemporaryFolder folder;
    std::string path = (folder.path / kSqliteFileName).string();
    std::unique_ptr<Store> store = open_sqlite_store({.path = path}).take();
    std::vector<std::string> kept;  // ids that the store has promised
    int writes = 0;

    // As in every server, there is a reader: without one, a writer that starts anew would empty the write-ahead log first.
    void SetUp() override { expect_all_kept(); }

    Status add(const std::string& id, std::size_t name_bytes = 100) {
        return store->write([&](Transaction& transaction) -> Status {
            TRY(transaction.accounts.add_account({.id = id, .name = std::string(name_bytes, 'n')}));
            return transaction.events.add({.account = id, .stream = "account/" + id, .body = R"({"id":"evt"})"});
        });
    }
    // Until one is refused; gives its error.
    Error fill() {
        for (; writes < kMostWrites; ++writes) {
            const std::string id = "account " + std::to_string(writes);
            const Status added = add(id);
            if (!added.ok()) return added.error();
            kept.push_back(id);
        }
        return {Fault::Internal, "the limit was never hit"};
    }
    void expect_all_kept() {
        ASSERT_TRUE(store
                        ->read([&](const View& view) -> Status {
                            std::vector<std::string> found;
                            for (const AccountRecord& account : TRY(view.accounts.accounts())) found.push_back(account.id);
                            EXPECT_THAT(found, testing::UnorderedElementsAreArray(kept));
                            EXPECT_EQ(TRY(view.events.after(0, kMostWrites)).size(), kept.size()) << "state and log agree";
                            return success();
                        })
                        .ok());
    }
    std::uintmax_t log_bytes() const { return std::filesystem::file_size(path + "-wal"); }
};

TEST_F(FullDisk, refuses_with_a_storage_error_keeps_what_it_promised_and_goes_on_when_there_is_room) {
    ASSERT_TRUE(add("first").ok());
    kept.push_back("first");
    for (int time = 0; time < 3; ++time) {
        {
            NoRoom no_room(log_bytes() + 60'000);
            const Error refused = fill();
            EXPECT_EQ(refused.reason, "STORAGE_ERROR") << refused.message;
            EXPECT_FALSE(add("another").ok()) << "it stays refused";
            expect_all_kept();
        }
        ASSERT_TRUE(add("after " + std::to_string(time)).ok());
        kept.push_back("after " + std::to_string(time));
        expect_all_kept();
    }
    store.reset();
    store = open_sqlite_store({.path = path}).take();
    expect_all_kept();
}

TEST_F(FullDisk, undoes_a_transaction_that_does_not_fit_as_a_whole) {
    ASSERT_TRUE(add("first").ok());
    kept.push_back("first");
    {
        NoRoom no_room(log_bytes() + 20'000);
        EXPECT_EQ(add("large", 200'000).error().reason, "STORAGE_ERROR");
        expect_all_kept();
    }
    ASSERT_TRUE(add("large", 200'000).ok()) << "nothing of the first try is in the way";
    kept.push_back("large");
    expect_all_kept();
}

TEST_F(FullDisk, is_said_when_the_store_is_opened_and_leaves_a_folder_that_opens_later) {
    const TemporaryFolder other;
    const std::string fresh = (other.path / kSqliteFileName).string();
    {
        NoRoom no_room(8'000);
        EXPECT_EQ(open_sqlite_store({.path = fresh}).error().reason, "STORAGE_ERROR");
    }
    EXPECT_TRUE(open_sqlite_store({.path = fresh}).ok());
}

}  // namespace
}  // namespace docwright
