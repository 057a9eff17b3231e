// Where the state lives: SQLite (default), later PostgreSQL, behind functions that say what happens and not which row changes.
// One suite of tests is the contract of every store: store/conformance/.
// Errors: Internal with reason STORAGE_ERROR when the disk is full or the folder cannot be written; the next call tries again.
#pragma once

#include <functional>
#include <optional>

#include "base/result.h"
#include "store/accounts.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/ledger.h"
#include "store/tasks.h"

namespace docwright {

struct View {
    const AccountStore& accounts;
    const DocumentStore& documents;
    const TaskStore& tasks;
    const LedgerStore& ledger;
    const EventStore& events;
};

struct Transaction {
    AccountStore& accounts;
    DocumentStore& documents;
    TaskStore& tasks;
    LedgerStore& ledger;
    EventStore& events;
};

// When write() returns. Soon: others see the work, and it outlives the end of this process; the next OnDisk work makes it
// durable before itself. Only a loss of power may undo it, together with everything written after it, so the state is always
// one that was. For work that loses nothing when it is done again: a lease that never was.
enum class Durability { OnDisk, Soon };

class Store {
public:
    virtual ~Store() = default;

    // Runs `work` in one transaction and returns when it is on disk, or before that (Durability). An error of `work`, or what it throws,
    // undoes all it did. `work` may run on another thread, beside no other work, and its commit may still fail: it must not touch anything
    // but the transaction and what it returns to its caller. Thread-safe; must not be called from inside `work`.
    virtual Status write(const std::function<Status(Transaction&)>& work, Durability durability) = 0;
    Status write(const std::function<Status(Transaction&)>& work) { return write(work, Durability::OnDisk); }

    // Runs `work` on one consistent view. Thread-safe.
    virtual Status read(const std::function<Status(const View&)>& work) const = 0;

    // A value kept beside the state: name of the log, and the like. Empty: not set.
    virtual Result<std::string> setting(std::string_view key) const = 0;
    virtual Status put_setting(std::string_view key, std::string_view value) = 0;
};

// The same for work that makes a value: `work` returns Result<T>.
template <class Work>
auto write_result(Store& store, Work work, Durability durability = Durability::OnDisk) -> decltype(work(std::declval<Transaction&>())) {
    std::optional<decltype(work(std::declval<Transaction&>()))> outcome;
    Status written = store.write(
        [&](Transaction& transaction) -> Status {
            outcome.emplace(work(transaction));
            if (!outcome->ok()) return outcome->error();
            return success();
        },
        durability);
    if (!written.ok()) return written.error();
    return std::move(*outcome);
}

template <class Work>
auto read_result(const Store& store, Work work) -> decltype(work(std::declval<const View&>())) {
    std::optional<decltype(work(std::declval<const View&>()))> outcome;
    Status done = store.read([&](const View& view) -> Status {
        outcome.emplace(work(view));
        if (!outcome->ok()) return outcome->error();
        return success();
    });
    if (!done.ok()) return done.error();
    return std::move(*outcome);
}

}  // namespace docwright
