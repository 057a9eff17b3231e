#include "store/sqlite/sqlite_store.h"

#include <condition_variable>
#include <iterator>
#include <mutex>
#include <vector>

#include <migrations_sqlite.h>  // generated: cmake/migrations.cmake
#include "store/sqlite/tables.h"
#include "store/sqlite/writer.h"

namespace docwright {
namespace {

// Read connections, lent one at a time.
class Readers {
public:
    Readers(std::string path, int most) : path_(std::move(path)), most_(most) {}

    Result<std::unique_ptr<Connection>> borrow() {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [&] { return !free_.empty() || lent_ < most_; });
        ++lent_;
        if (!free_.empty()) {
            std::unique_ptr<Connection> connection = std::move(free_.back());
            free_.pop_back();
            return connection;
        }
        lock.unlock();
        Result<std::unique_ptr<Connection>> opened = Connection::open(path_, Connection::Use::Read, true);
        if (!opened.ok()) give_back(nullptr);
        return opened;
    }

    void give_back(std::unique_ptr<Connection> connection) {
        {
            std::lock_guard lock(mutex_);
            --lent_;
            if (connection) free_.push_back(std::move(connection));
        }
        returned_.notify_one();
    }

private:
    const std::string path_;
    const int most_;
    std::mutex mutex_;
    std::condition_variable returned_;
    int lent_ = 0;
    std::vector<std::unique_ptr<Connection>> free_;
};

class SqliteStore final : public Store {
public:
    explicit SqliteStore(const SqliteOptions& options) : writer_(options.path, options.durable), readers_(options.path, options.readers) {}

    Status migrate();
    Status check() const;
    using Store::write;
    Status write(const std::function<Status(Transaction&)>& work, Durability durability) override {
        return writer_.write(work, durability);
    }
    Status read(const std::function<Status(const View&)>& work) const override;
    Result<std::string> setting(std::string_view key) const override;
    Status put_setting(std::string_view key, std::string_view value) override;

private:
    Status with_reader(const std::function<Status(Connection&)>& work) const;

    mutable SqliteWriter writer_;
    mutable Readers readers_;
};

Status SqliteStore::with_reader(const std::function<Status(Connection&)>& work) const {
    std::unique_ptr<Connection> connection = TRY(readers_.borrow());
    Status outcome = Query(*connection, "begin").run();
    if (outcome.ok()) {
        outcome = outcome_of(work, *connection);
        Status ended = Query(*connection, "commit").run();
        if (!ended.ok()) connection.reset();  // never lend a connection that is stuck in an old view
    }
    readers_.give_back(std::move(connection));
    return outcome;
}

Status SqliteStore::read(const std::function<Status(const View&)>& work) const {
    return with_reader([&](Connection& connection) {
        SqliteAccounts accounts(connection);
        SqliteDocuments documents(connection);
        SqliteTasks tasks(connection);
        SqliteLedger ledger(connection);
        SqliteEvents events(connection);
        return work(View{accounts, documents, tasks, ledger, events});
    });
}

Result<std::string> SqliteStore::setting(std::string_view key) const {
    std::string value;
    TRY(with_reader([&](Connection& connection) -> Status {
        Query query(connection, "select value from settings where key = ?1", key);
        if (TRY(query.next())) value = query.text(0);
        return success();
    }));
    return value;
}

Status SqliteStore::put_setting(std::string_view key, std::string_view value) {
    return writer_.alone([&](Connection& connection) {
        return Query(connection, "insert or replace into settings (key, value) values (?1, ?2)", key, value).run();
    });
}

Result<std::int64_t> version_of(Connection& connection) {
    Query query(connection, "pragma user_version");
    TRY(query.next());
    return query.number(0);
}

constexpr std::int64_t kNewest = std::ssize(kSqliteMigrations);

Status SqliteStore::check() const {
    return with_reader([](Connection& connection) -> Status {
        if (TRY(version_of(connection)) >= kNewest) return success();
        return Error{Fault::Unsupported,
                     "The data folder was written by an older version of Docwright. Start the server once to bring it up to date."};
    });
}

// Migrations only add, so the version before can work beside this one; "compatible_from" says how far back that holds.
Status SqliteStore::migrate() {
    return writer_.alone([](Connection& connection) -> Status {
        const std::int64_t version = TRY(version_of(connection));
        if (version > kNewest) {
            Query compatible(connection, "select value from settings where key = 'compatible_from'");
            if (!TRY(compatible.next()) || std::stoll(compatible.text(0)) > kNewest) {
                return Error{Fault::Unsupported, "The data folder was written by a newer version of Docwright."};
            }
        }
        for (std::int64_t next = version; next < kNewest; ++next) TRY(connection.run(kSqliteMigrations[next]));
        if (version < kNewest) {
            TRY(connection.run(("pragma user_version = " + std::to_string(kNewest)).c_str()));
        }
        return success();
    });
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteOptions& options) {
    auto store = std::make_unique<SqliteStore>(options);
    TRY(options.existing ? store->check() : store->migrate());
    return std::unique_ptr<Store>(std::move(store));
}

}  // namespace docwright
