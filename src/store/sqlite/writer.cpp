#include "store/sqlite/writer.h"

#include <algorithm>

namespace docwright {
namespace {

// More than this in one transaction would make the first callers wait for the last ones' work.
constexpr std::size_t kBatchJobs = 64;

}  // namespace

Status SqliteWriter::write(const std::function<Status(Transaction&)>& work, Durability durability) {
    Job job{.work = &work, .durability = durability};
    std::unique_lock lock(mutex_);
    waiting_.push_back(&job);
    if (led_) {
        job.changed.wait(lock, [&] { return job.done || job.leads; });
    }
    if (!job.done) {
        led_ = true;
        while (!job.done) lead(lock);
        led_ = false;
        if (!waiting_.empty()) {  // the next in line leads; it still waits, so led_ stays true for newcomers
            led_ = true;
            waiting_.front()->leads = true;
            waiting_.front()->changed.notify_one();
        }
    }
    return job.outcome;
}

Status SqliteWriter::alone(const std::function<Status(Connection&)>& work) {
    // Passing through write() gives the place in the queue; the work then has the connection inside that transaction.
    return write([&](Transaction&) { return work(*connection_); });
}

std::vector<SqliteWriter::Job*> SqliteWriter::take_batch() {
    std::vector<Job*> batch;
    while (!waiting_.empty() && batch.size() < kBatchJobs) {
        batch.push_back(waiting_.front());
        waiting_.pop_front();
    }
    return batch;
}

void SqliteWriter::lead(std::unique_lock<std::mutex>& lock) {
    std::vector<Job*> batch = take_batch();
    lock.unlock();
    run_batch(batch);
    lock.lock();
    for (Job* job : batch) {
        job->done = true;
        job->changed.notify_one();
    }
}

Status SqliteWriter::connect() {
    if (connection_) return success();
    connection_ = TRY(Connection::open(path_, Connection::Use::Write, durable_));
    chosen_ = Durability::OnDisk;
    return success();
}

// In WAL mode a commit under synchronous=NORMAL does not wait for the disk; the next under FULL syncs the whole log so far
// (SQLite, "Write-Ahead Logging", 3.3).
Status SqliteWriter::choose_durability(const std::vector<Job*>& batch) {
    const bool soon = std::ranges::all_of(batch, [](const Job* job) { return job->durability == Durability::Soon; });
    const Durability wanted = soon ? Durability::Soon : Durability::OnDisk;
    if (!durable_ || wanted == chosen_) return success();
    TRY(connection_->run(soon ? "pragma synchronous = normal" : "pragma synchronous = full"));
    chosen_ = wanted;
    return success();
}

// One piece of work in its savepoint.
Status SqliteWriter::run_job(Job& job) {
    SqliteAccounts accounts(*connection_);
    SqliteDocuments documents(*connection_);
    SqliteTasks tasks(*connection_);
    SqliteLedger ledger(*connection_);
    SqliteEvents events(*connection_);
    Transaction transaction{accounts, documents, tasks, ledger, events};
    TRY(Query(*connection_, "savepoint work").run());
    Status outcome = outcome_of(*job.work, transaction);
    if (!connection_->in_transaction()) return outcome;  // SQLite undid everything: the batch is lost
    if (outcome.ok()) return Query(*connection_, "release work").run();
    // What cannot be undone alone must not be committed with the others' work: then the batch is lost.
    Status undone = Query(*connection_, "rollback to work").run();
    if (undone.ok()) undone = Query(*connection_, "release work").run();
    if (!undone.ok()) (void)Query(*connection_, "rollback").run();  // fails where SQLite has undone everything by itself
    return outcome;
}

void SqliteWriter::run_batch(std::vector<Job*>& batch) {
    Status opened = connect();
    if (opened.ok()) opened = choose_durability(batch);
    if (opened.ok()) opened = Query(*connection_, "begin immediate").run();
    Status committed = opened;
    if (opened.ok()) {
        for (Job* job : batch) {
            job->outcome = run_job(*job);
            if (!connection_->in_transaction()) break;
        }
        committed = connection_->in_transaction()
                        ? Query(*connection_, "commit").run()
                        : Status(Error{Fault::Internal, "The state cannot be written.", "SQLite undid the transaction", "STORAGE_ERROR"});
    }
    if (committed.ok()) return;
    for (Job* job : batch) {
        if (job->outcome.ok()) job->outcome = committed;
    }
    // A new connection at the next write: whatever state this one is in, the file is whole.
    connection_.reset();
}

}  // namespace docwright
