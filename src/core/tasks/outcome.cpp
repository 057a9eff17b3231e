#include "core/tasks/outcome.h"

#include "base/fault_table.h"
#include "base/time_text.h"
#include "core/documents/access.h"
#include "core/documents/document_events.h"
#include "core/events/moves.h"
#include "core/tasks/moving.h"
#include "core/tasks/order.h"

namespace docwright {
namespace {

// After the first loss at once; after the second with a pause, because what made it fail may be the machine's load.
constexpr Microseconds kPauseAfterSecondLoss = 2 * kMicrosecondsPerSecond;
// A full disk does not get better by trying; nothing is counted against the task.
constexpr Microseconds kPauseAfterStorageError = 5 * kMicrosecondsPerSecond;

DocumentRecord result_record(const TaskRecord& task, BlobDraft& draft, const TaskResult& result, Microseconds now) {
    DocumentRecord document{.id = task.result_document, .account = task.account, .lineage = task.lineage};
    document.origin = task.inputs.empty() ? "generated" : "result";
    document.file_name = result_file_name(task.inputs.empty() ? "" : task.inputs.front().file_name, result.format);
    document.media_type = format_facts(result.format).media_type;
    document.bytes = draft.bytes();
    document.sha256 = draft.sha256();
    document.created_at = now;
    return document;
}

Event result_event(EventType type, const DocumentRecord& document, const TaskRecord& task, const Actor& actor) {
    Event event = document_event(type, document, actor);
    event.stage = task.inputs.empty() ? "created" : "converted";
    event.about.push_back("task/" + task.id);
    json::array parents;
    for (const TaskInputRecord& input : task.inputs) {
        parents.emplace_back(input.document);
        event.about.push_back("document/" + input.document);
    }
    event.data = {{"origin", document.origin}, {"mediaType", document.media_type}, {"bytes", document.bytes}};
    if (!parents.empty()) event.data["parents"] = parents;
    event.personal = {{"fileName", document.file_name}};
    return event;
}

// What a client's code may look at beside the error's code: JSON, or empty.
std::string details_of(const Error& error) {
    json::object details;
    if (!error.reason.empty()) details["reason"] = error.reason;
    if (error.remote_status != 0) details["httpStatus"] = error.remote_status;
    return details.empty() ? std::string() : json::serialize(details);
}

struct Failure {
    std::string_view move;  // of the move table
    TaskEnd end;
    Microseconds retry_at = 0;
};

// The rules of retry in one place (architecture: "A task's life").
Failure judge(const TaskRecord& task, Retry retry, const Error& error, Microseconds now) {
    Failure failure{.move = "fail", .end = {.state = TaskState::Failed, .losses = task.losses, .rescues = task.rescues, .now = now}};
    failure.end.error_code = task_code(error);
    failure.end.error_message = error.message;
    failure.end.error_details = details_of(error);
    if (error.reason == "STORAGE_ERROR") {
        failure.move = "fail_attempt";
        failure.retry_at = now + kPauseAfterStorageError;
        return failure;
    }
    if (!fault_row(error.fault).retry || retry == Retry::Never) return failure;
    ++failure.end.losses;
    if (failure.end.losses < limits::kEngineLosses) {
        failure.move = "fail_attempt";
        failure.retry_at = now + (failure.end.losses == 1 ? 0 : kPauseAfterSecondLoss);
        return failure;
    }
    const Error dead{Fault::EngineLost, "The document could not be processed: the engine failed on it several times.", {}, "DEAD_LETTER"};
    failure.move = "give_up";
    failure.end.state = TaskState::Dead;
    failure.end.error_code = task_code(dead);
    failure.end.error_message = dead.message;
    failure.end.error_details = details_of(dead);
    return failure;
}

}  // namespace

Result<Written> write_completed(const Parts& parts, const TaskRecord& task, BlobDraft& draft, const TaskResult& result) {
    return write_result(parts.store, [&](Transaction& transaction) -> Result<Written> {
        const Microseconds now = parts.clock.now();
        const Actor actor = worker_actor(parts, task);
        EventType completed = TRY(check_move(Subject::Task, word(task.state), "complete"));
        EventType created = TRY(check_move(Subject::Document, "", "create"));
        TaskEnd end{.state = TaskState::Completed, .progress = 100, .result_data = result.data};
        end.losses = task.losses;
        end.rescues = task.rescues;
        end.now = now;
        if (!TRY(end_task(transaction, task, end, draft.bytes()))) return Written::LeaseLost;
        TRY(draft.publish());  // the sweep may have removed equal bytes since
        DocumentRecord document = result_record(task, draft, result, now);
        document.expires_at = now + TRY(retention(transaction.accounts, parts, task.account));
        TRY(transaction.documents.add(document));
        Event event = task_event(completed, task, actor);
        event.data = {{"results", json::array{document.id}},
                      {"credits", task.credits},
                      {"milliseconds", (now - task.started_at) / kMicrosecondsPerMillisecond}};
        event.about.push_back("document/" + document.id);
        TRY(append(transaction, parts, {result_event(created, document, task, actor), event}));
        return Written::Ended;
    });
}

Result<Written> write_failed(const Parts& parts, const TaskRecord& task, Retry retry, const Error& error) {
    return write_result(parts.store, [&](Transaction& transaction) -> Result<Written> {
        const Failure failure = judge(task, retry, error, parts.clock.now());
        EventType type = TRY(check_move(Subject::Task, word(task.state), failure.move));
        Event event = task_event(type, task, worker_actor(parts, task));
        event.data = {{"code", failure.end.error_code}};
        const bool waits = failure.move == "fail_attempt";
        if (waits) {
            TaskRecord waiting = task;
            waiting.losses = failure.end.losses;
            if (!TRY(transaction.tasks.put_back(waiting, failure.retry_at, failure.end.now))) return Written::LeaseLost;
            event.data["retryAt"] = utc_text(failure.retry_at);
        } else {
            if (!TRY(end_task(transaction, task, failure.end))) return Written::LeaseLost;
            if (failure.end.state == TaskState::Dead) event.data = {{"reason", "engine_lost"}, {"replay", task.id}};
        }
        TRY(append(transaction, parts, {event}));
        return waits ? Written::WaitsAgain : Written::Ended;
    });
}

Result<Written> write_rescued(const Parts& parts, const TaskRecord& task, bool counted) {
    return write_result(parts.store, [&](Transaction& transaction) -> Result<Written> {
        const Microseconds now = parts.clock.now();
        TaskRecord waiting = task;
        if (counted) ++waiting.rescues;
        if (waiting.rescues < limits::kTaskRescues) {
            EventType type = TRY(check_move(Subject::Task, word(task.state), "rescue"));
            if (!TRY(transaction.tasks.put_back(waiting, now, now))) return Written::LeaseLost;
            Event event = task_event(type, task, worker_actor(parts, task));
            event.data = {{"lease", task.lease_number}, {"lapsed", counted}};
            TRY(append(transaction, parts, {event}));
            return Written::WaitsAgain;
        }
        const Error dead{
            Fault::EngineLost, "The document could not be processed: its workers were lost again and again.", {}, "DEAD_LETTER"};
        EventType type = TRY(check_move(Subject::Task, word(task.state), "give_up"));
        TaskEnd end{.state = TaskState::Dead, .error_code = std::string(task_code(dead)), .error_message = dead.message};
        end.error_details = details_of(dead);
        end.losses = task.losses;
        end.rescues = waiting.rescues;
        end.now = now;
        if (!TRY(end_task(transaction, task, end))) return Written::LeaseLost;
        Event event = task_event(type, task, worker_actor(parts, task));
        event.data = {{"reason", "workers_lost"}, {"replay", task.id}};
        TRY(append(transaction, parts, {event}));
        return Written::Ended;
    });
}

}  // namespace docwright
