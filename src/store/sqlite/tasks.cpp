#include "store/sqlite/rows.h"
#include "store/sqlite/tables.h"

namespace docwright {
namespace {

TaskInputRecord read_input(const Query& row) {
    return {row.text(0), row.text(1), static_cast<std::uint64_t>(row.number(2)), row.text(3), row.number(4)};
}

}  // namespace

TaskRecord read_task(const Query& row) {
    TaskRecord task;
    task.id = row.text(0);
    task.account = row.text(1);
    task.credential = row.text(2);
    task.lineage = row.text(3);
    task.state = task_state(row.text(4));
    task.operation = row.text(5);
    task.version = static_cast<int>(row.number(6));
    task.lane = row.text(7);
    task.values = row.text(8);
    task.secrets = row.text(9);
    task.fingerprint = row.text(10);
    task.result_document = row.text(11);
    task.result_data = row.text(12);
    task.error_code = row.text(13);
    task.error_message = row.text(14);
    task.error_details = row.text(15);
    task.progress = static_cast<int>(row.number(16));
    task.credits = static_cast<int>(row.number(17));
    task.reserved = row.number(18) != 0;
    task.attempts = static_cast<int>(row.number(19));
    task.losses = static_cast<int>(row.number(20));
    task.rescues = static_cast<int>(row.number(21));
    task.lease_number = row.number(22);
    task.lease_owner = row.text(23);
    task.lease_until = row.number(24);
    task.created_at = row.number(25);
    task.updated_at = row.number(26);
    task.started_at = row.number(27);
    task.due_at = row.number(28);
    task.run = row.text(29);
    task.stage = row.text(30);
    task.item = row.text(31);
    task.secrets_wiped = row.number(32) != 0;
    return task;
}

Result<std::optional<TaskRecord>> SqliteTasks::find(std::string_view account, std::string_view id) const {
    Query query(db_, "select " DOCWRIGHT_TASK_COLUMNS " from tasks where id = ?1 and account = ?2", id, account);
    return first_row(query, read_task);
}

Result<std::optional<TaskRecord>> SqliteTasks::find_with_inputs(std::string_view account, std::string_view id) const {
    std::optional<TaskRecord> task = TRY(find(account, id));
    if (task) task->inputs = TRY(inputs(task->id));
    return task;
}

Result<std::optional<TaskRecord>> SqliteTasks::find_anywhere(std::string_view id) const {
    Query query(db_, "select " DOCWRIGHT_TASK_COLUMNS " from tasks where id = ?1", id);
    return first_row(query, read_task);
}

Result<std::vector<TaskInputRecord>> SqliteTasks::inputs(std::string_view task) const {
    Query query(db_, "select document, sha256, bytes, file_name, stored_at from task_inputs where task = ?1 order by position", task);
    return all_rows(query, read_input);
}

Result<std::int64_t> SqliteTasks::waiting(std::string_view account) const {
    Query query(db_, "select coalesce(sum(waiting), 0) from queues where account = ?1", account);
    TRY(query.next());
    return query.number(0);
}

Result<TaskCounts> SqliteTasks::counts(std::string_view account) const {
    Query queues(db_, "select coalesce(sum(waiting), 0), coalesce(sum(running), 0) from queues where ?1 in ('', account)", account);
    TRY(queues.next());
    TaskCounts counts{.waiting = queues.number(0), .running = queues.number(1)};
    Query dead(db_, "select count(*) from tasks where state = 'DEAD' and ?1 in ('', account)", account);
    TRY(dead.next());
    counts.dead = dead.number(0);
    return counts;
}

Result<std::vector<TaskRecord>> SqliteTasks::dead(std::string_view account, int limit) const {
    Query query(
        db_, "select " DOCWRIGHT_TASK_COLUMNS " from tasks where state = 'DEAD' and ?1 in ('', account) order by account, number limit ?2",
        account, limit);
    return all_rows(query, read_task);
}

Result<std::vector<TaskRecord>> SqliteTasks::lapsed(Microseconds now, int limit) const {
    Query query(db_,
                "select " DOCWRIGHT_TASK_COLUMNS
                " from tasks where state = 'IN_PROGRESS' and lease_until <= ?1 order by lease_until, number limit ?2",
                now, limit);
    return all_rows(query, read_task);
}

Result<std::vector<TaskRecord>> SqliteTasks::leased(int limit) const {
    Query query(db_, "select " DOCWRIGHT_TASK_COLUMNS " from tasks where state = 'IN_PROGRESS' order by lease_until, number limit ?1",
                limit);
    return all_rows(query, read_task);
}

// A row of the queue in words of the table: how much waits, how much runs.
Status SqliteTasks::count(const TaskRecord& task, int waiting, int running) {
    return Query(db_, "update queues set waiting = waiting + ?3, running = running + ?4 where account = ?1 and lane = ?2", task.account,
                 task.lane, waiting, running)
        .run();
}

Status SqliteTasks::add(const TaskRecord& task) {
    TRY(Query(db_,
              "insert into tasks (id, account, credential, lineage, state, operation, version, lane, input_values, secrets, fingerprint, "
              "result_document, credits, reserved, created_at, updated_at, due_at, run, stage, item) "
              "values (?1, ?2, ?3, ?4, 'PENDING', ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14, ?15, ?16, ?17, ?18)",
              task.id, task.account, task.credential, task.lineage, task.operation, task.version, task.lane, task.values, task.secrets,
              task.fingerprint, task.result_document, task.credits, task.reserved, task.created_at, task.due_at, task.run, task.stage,
              task.item)
            .run());
    int position = 0;
    for (const TaskInputRecord& input : task.inputs) {
        TRY(Query(db_,
                  "insert into task_inputs (task, position, document, sha256, bytes, file_name, stored_at) "
                  "values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                  task.id, position++, input.document, input.sha256, input.bytes, input.file_name, input.stored_at)
                .run());
        TRY(SqliteDocuments(db_).hold_blob({task.account, input.sha256, input.bytes}));
    }
    // A new queue joins at the end of the round, not before those who have waited.
    return Query(db_,
                 "insert into queues (account, lane, waiting, running, turn) "
                 "values (?1, ?2, 1, 0, (select coalesce(max(turn), 0) + 1 from queues)) "
                 "on conflict (account, lane) do update set waiting = waiting + 1",
                 task.account, task.lane)
        .run();
}

Result<bool> SqliteTasks::put_back(const TaskRecord& task, Microseconds due_at, Microseconds now) {
    TRY(Query(db_,
              "update tasks set state = 'PENDING', losses = ?3, rescues = ?4, due_at = ?5, updated_at = ?6, lease_owner = '', "
              "lease_until = 0, progress = max(progress, ?7) where id = ?1 and state = 'IN_PROGRESS' and lease_number = ?2",
              task.id, task.lease_number, task.losses, task.rescues, due_at, now, task.progress)
            .run());
    if (db_.changes() != 1) return false;
    TRY(count(task, 1, -1));
    return true;
}

Result<bool> SqliteTasks::finish(const TaskRecord& task, const TaskEnd& end) {
    TRY(Query(db_,
              "update tasks set state = ?4, secrets_wiped = secrets <> '', secrets = '', progress = ?5, result_data = ?6, error_code = ?7, "
              "error_message = ?8, "
              "error_details = ?9, losses = ?10, rescues = ?11, updated_at = ?12, lease_owner = '', lease_until = 0, reserved = 0 "
              "where id = ?1 and state = ?2 and lease_number = ?3",
              task.id, word(task.state), task.lease_number, word(end.state), end.progress, end.result_data, end.error_code,
              end.error_message, end.error_details, end.losses, end.rescues, end.now)
            .run());
    if (db_.changes() != 1) return false;
    for (const TaskInputRecord& input : TRY(inputs(task.id))) TRY(SqliteDocuments(db_).release_blob(task.account, input.sha256));
    TRY(task.state == TaskState::Pending ? count(task, -1, 0) : count(task, 0, -1));
    return true;
}

Result<bool> SqliteTasks::reopen(const TaskRecord& task, Microseconds now) {
    TRY(Query(db_,
              "update tasks set state = 'PENDING', progress = 0, error_code = '', error_message = '', error_details = '', attempts = 0, "
              "losses = 0, rescues = 0, reserved = ?3, updated_at = ?4, due_at = ?4 where id = ?1 and state = ?2",
              task.id, word(task.state), task.reserved, now)
            .run());
    if (db_.changes() != 1) return false;
    for (const TaskInputRecord& input : TRY(inputs(task.id))) {
        TRY(SqliteDocuments(db_).hold_blob({task.account, input.sha256, input.bytes}));
    }
    TRY(count(task, 1, 0));
    return true;
}

}  // namespace docwright
