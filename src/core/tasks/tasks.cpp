#include "core/tasks/tasks.h"

#include <algorithm>

#include "base/hashing.h"
#include "base/ids.h"
#include "core/accounts/answers.h"
#include "core/credits/balance.h"
#include "core/documents/access.h"
#include "core/events/moves.h"
#include "core/tasks/moving.h"
#include "core/tasks/order.h"

namespace docwright {
namespace {

constexpr int kListedDeadLetters = 1'000;  // more than anybody reads; the count of all is a metric

// The request as one text: what makes it the same request again.
std::string request_text(const NewTask& order) {
    json::array inputs;
    for (const RequestedInput& input : order.request.inputs) inputs.push_back(json::array{input.document_id, input.password});
    return "task\n" + sorted_json(json::object{{"operation", order.operation->name}, {"inputs", inputs}, {"values", order.request.values}});
}

std::string fingerprint_of(const TaskRecord& task) {
    json::array inputs;
    for (const TaskInputRecord& input : task.inputs) inputs.emplace_back(input.sha256);
    return hex(sha256(task.operation + "\n" + std::to_string(task.version) + "\n" + task.values + "\n" + json::serialize(inputs)));
}

// Work that waits for another attempt does not fall back to PENDING for its client.
std::string_view wire_status(const TaskRecord& task) {
    switch (task.state) {
        case TaskState::Pending: return task.attempts == 0 ? "PENDING" : "IN_PROGRESS";
        case TaskState::InProgress:
        case TaskState::Waiting: return "IN_PROGRESS";
        case TaskState::Completed: return "COMPLETED";
        case TaskState::Failed:
        case TaskState::Dead:
        case TaskState::Cancelled: return "FAILED";
    }
    return "FAILED";
}

// `running`: what this process knows about the progress beyond the row.
TaskView view_of(const TaskRecord& task, std::optional<int> running) {
    TaskView view{.id = task.id, .status = wire_status(task), .final = is_final(task.state)};
    view.created_at = task.created_at;
    view.updated_at = task.updated_at;
    if (task.state == TaskState::Completed) {
        view.progress = 100;
        view.result_document = task.result_document;
        view.result_data = task.result_data;
    } else if (!view.final) {
        view.progress = std::max(task.progress, running.value_or(0));
    }
    if (view.final && task.state != TaskState::Completed) {
        TaskError error{.code = task.error_code, .message = task.error_message};
        if (!task.error_details.empty()) {
            Result<json::value> details = parse_json(task.error_details);
            if (details.ok() && details.value().is_object()) error.details = details.value().get_object();
        }
        view.error = std::move(error);
    }
    return view;
}

Status add_inputs(Transaction& transaction, const Parts& parts, const NewTask& order, TaskRecord& task) {
    for (const RequestedInput& input : order.request.inputs) {
        DocumentRecord document = TRY(stored_document(transaction.documents, parts, task.account, input.document_id));
        if (task.lineage.empty()) task.lineage = document.lineage;
        task.inputs.push_back({.document = document.id,
                               .sha256 = document.sha256,
                               .bytes = document.bytes,
                               .file_name = document.file_name,
                               .stored_at = document.created_at});
        TRY(note_document_use(transaction, parts, document));
    }
    if (task.lineage.empty()) task.lineage = task.result_document;
    return success();
}

Event accepted_event(EventType type, const TaskRecord& task, const Caller& caller, bool keyed) {
    Event event = task_event(type, task, actor_of(caller));
    event.trace = caller.origin.trace;
    event.data = {
        {"operation", task.operation}, {"parametersSha256", hex(sha256(task.values))}, {"credits", task.credits}, {"keyed", keyed}};
    event.personal = {{"address", caller.origin.address}};
    for (const TaskInputRecord& input : task.inputs) event.about.push_back("document/" + input.document);
    if (!task.inputs.empty()) {
        event.document = task.inputs.front().document;
        event.sha256 = task.inputs.front().sha256;
    }
    return event;
}

Error password_is_gone() {
    return {Fault::InvalidInput,
            "This task was ordered with a password, and passwords are not kept after a task has ended. "
            "Order the operation again, with its password.",
            {},
            "PASSWORD_REQUIRED"};
}

}  // namespace

Result<std::string> Tasks::submit(const Caller& caller, const NewTask& order) {
    const Operation& operation = *order.operation;
    const Repeatable request = repeatable(parts_, order.idempotency_key, order.idempotency_key.empty() ? "" : request_text(order));
    Result<std::string> id = write_result(parts_.store, [&](Transaction& transaction) -> Result<std::string> {
        if (auto kept = TRY(kept_answer(transaction, parts_, caller, request))) return *kept;
        std::optional<AccountRecord> account = TRY(transaction.accounts.account(caller.account));
        if (!account) return Error{Fault::Internal, "The caller's account is gone."};
        if (TRY(transaction.tasks.waiting(caller.account)) >= static_cast<std::int64_t>(limits::kQueuedTasksPerAccount)) {
            return Error{Fault::Unavailable, "Too many tasks of this account are waiting. Try again when some have ended."};
        }
        TaskRecord task = TRY(record_of(transaction, caller, order));
        task.reserved = TRY(reserve_credits(transaction, parts_, *account, operation.credits));
        EventType type = TRY(check_move(Subject::Task, "", "accept"));
        TRY(transaction.tasks.add(task));
        TRY(keep_answer(transaction, parts_, caller, request, task.id));
        TRY(append(transaction, parts_, {accepted_event(type, task, caller, !request.key.empty())}));
        return task.id;
    });
    if (id.ok()) {
        work_.announce();
    } else if (id.error().reason == "INSUFFICIENT_CREDITS") {
        TRY(note_exhausted(parts_, caller.account));
    }
    return id;
}

Result<TaskRecord> Tasks::record_of(Transaction& transaction, const Caller& caller, const NewTask& order) const {
    const Operation& operation = *order.operation;
    SplitValues values = split_secrets(operation, order.request);
    TaskRecord task{.id = new_wire_id(parts_.random), .account = caller.account, .credential = caller.client_id};
    task.operation = operation.name;
    task.version = operation.version;
    task.values = sorted_json(values.plain);
    task.secrets = std::move(values.secrets);
    task.credits = operation.credits;
    task.result_document = new_wire_id(parts_.random);
    task.created_at = task.updated_at = task.due_at = parts_.clock.now();
    TRY(add_inputs(transaction, parts_, order, task));
    std::uint64_t input_bytes = 0;
    for (const TaskInputRecord& input : task.inputs) input_bytes += input.bytes;
    task.lane = lane_of(operation.engine, is_long_work(operation, input_bytes));
    task.fingerprint = fingerprint_of(task);
    return task;
}

Result<TaskView> Tasks::get(const Caller& caller, std::string_view id) const {
    const std::optional<int> running = work_.progress(id);  // before the row: a task that ends in between shows its end
    const std::optional<TaskRecord> task =
        TRY(read_result(parts_.store, [&](const View& view) { return view.tasks.find(caller.account, id); }));
    if (!task) return task_not_found();
    return view_of(*task, running);
}

Subscription Tasks::subscribe(std::string_view id, std::function<void()> changed) {
    return work_.changes.subscribe(id, std::move(changed));
}

Result<TaskView> Tasks::cancel(const Caller& caller, std::string_view id) {
    TRY(parts_.store.write([&](Transaction& transaction) -> Status {
        std::optional<TaskRecord> task = TRY(transaction.tasks.find_with_inputs(caller.account, id));
        if (!task) return task_not_found();
        if (is_final(task->state)) return success();
        EventType type = TRY(check_move(Subject::Task, word(task->state), "cancel"));
        TaskEnd end{.state = TaskState::Cancelled, .error_code = "CANCELLED", .error_message = "The task was cancelled."};
        end.losses = task->losses;
        end.rescues = task->rescues;
        end.now = parts_.clock.now();
        if (!TRY(end_task(transaction, *task, end))) return Error{Fault::Internal, "The task moved inside a transaction."};
        return append(transaction, parts_, {task_event(type, *task, actor_of(caller))});
    }));
    work_.stop(id);
    work_.changes.publish(id);
    (void)parts_.blobs.remove_scratch(id);  // a left-over is removed at the next start
    return get(caller, id);
}

Result<std::vector<TaskRecord>> Tasks::dead_letters(std::string_view account) const {
    return read_result(parts_.store, [&](const View& view) { return view.tasks.dead(account, kListedDeadLetters); });
}

Status Tasks::replay(std::string_view account, std::string_view id, const Actor& actor) {
    TRY(parts_.store.write([&](Transaction& transaction) -> Status {
        std::optional<TaskRecord> task = TRY(transaction.tasks.find_with_inputs(account, id));
        if (!task) return task_not_found();
        EventType type = TRY(check_move(Subject::Task, word(task->state), "replay"));
        if (task->secrets_wiped) return password_is_gone();
        for (const TaskInputRecord& input : task->inputs) TRY(stored_document(transaction.documents, parts_, account, input.document));
        std::optional<AccountRecord> owner = TRY(transaction.accounts.account(account));
        task->reserved = owner && TRY(reserve_credits(transaction, parts_, *owner, task->credits));
        if (!TRY(transaction.tasks.reopen(*task, parts_.clock.now())))
            return Error{Fault::Internal, "The task moved inside a transaction."};
        return append(transaction, parts_, {task_event(type, *task, actor)});
    }));
    work_.changes.publish(id);
    work_.announce();
    return success();
}

Result<TaskCounts> Tasks::counts(std::string_view account) const {
    return read_result(parts_.store, [&](const View& view) { return view.tasks.counts(account); });
}

}  // namespace docwright
