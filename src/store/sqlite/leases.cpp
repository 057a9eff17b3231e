// Which task is next. Fair between accounts: the account (and lane) that was served longest ago comes first; within it the
// task that is due longest.
#include <algorithm>

#include "store/sqlite/rows.h"
#include "store/sqlite/tables.h"

namespace docwright {

// Plans may bound how many tasks of an account run at once.
Result<bool> SqliteTasks::may_run_more(std::string_view account) const {
    Query query(db_,
                "select plans.concurrent_tasks < 0 or "
                "(select coalesce(sum(running), 0) from queues where account = ?1) < plans.concurrent_tasks "
                "from accounts join plans on plans.name = accounts.plan where accounts.id = ?1",
                account);
    return !TRY(query.next()) || query.number(0) != 0;
}

Result<std::optional<std::int64_t>> SqliteTasks::next_number(const LeaseRequest& request) const {
    Query queues(db_, "select account, lane from queues where waiting > 0 order by turn, account, lane");
    while (TRY(queues.next())) {
        const std::string account = queues.text(0);
        const std::string lane = queues.text(1);
        if (std::ranges::find(request.lanes, lane) == request.lanes.end()) continue;
        if (std::ranges::find(request.accounts_at_their_bound, account) != request.accounts_at_their_bound.end()) continue;
        Query oldest(db_,
                     "select number from tasks where state = 'PENDING' and account = ?1 and lane = ?2 and due_at <= ?3 "
                     "order by due_at, number limit 1",
                     account, lane, request.now);
        if (TRY(oldest.next()) && TRY(may_run_more(account))) return std::optional(oldest.number(0));
    }
    return std::optional<std::int64_t>();
}

Result<std::optional<TaskRecord>> SqliteTasks::lease_next(const LeaseRequest& request) {
    std::optional<std::int64_t> number = TRY(next_number(request));
    if (!number) return std::optional<TaskRecord>();
    TRY(Query(db_,
              "update tasks set state = 'IN_PROGRESS', attempts = attempts + 1, lease_number = lease_number + 1, lease_owner = ?2, "
              "lease_until = ?3, started_at = ?4, updated_at = ?4 where number = ?1",
              *number, request.owner, request.until, request.now)
            .run());
    Query query(db_, "select " DOCWRIGHT_TASK_COLUMNS " from tasks where number = ?1", *number);
    std::optional<TaskRecord> task = TRY(first_row(query, read_task));
    if (!task) return Error{Fault::Internal, "A leased task is gone."};
    task->inputs = TRY(inputs(task->id));
    TRY(Query(db_,
              "update queues set waiting = waiting - 1, running = running + 1, turn = (select max(turn) + 1 from queues) "
              "where account = ?1 and lane = ?2",
              task->account, task->lane)
            .run());
    return task;
}

Result<bool> SqliteTasks::renew(std::string_view id, std::int64_t lease_number, Microseconds until, int progress) {
    TRY(Query(db_,
              "update tasks set lease_until = ?3, progress = max(progress, ?4) "
              "where id = ?1 and state = 'IN_PROGRESS' and lease_number = ?2",
              id, lease_number, until, progress)
            .run());
    return db_.changes() == 1;
}

Result<std::optional<Microseconds>> SqliteTasks::next_due() const {
    Query query(db_, "select min(due_at), count(*) from tasks where state = 'PENDING'");
    TRY(query.next());
    return query.number(1) == 0 ? std::optional<Microseconds>() : std::optional<Microseconds>(query.number(0));
}

}  // namespace docwright
