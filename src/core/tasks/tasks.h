// Tasks: one order for one operation, from submit to its one final state (contract/pdf-services.md, 3).
// A task of another account answers exactly like an unknown id: NotFound with reason TASK_NOT_FOUND.
#pragma once

#include <optional>

#include "core/accounts/caller.h"
#include "core/events/actor.h"
#include "core/operation.h"
#include "core/parts.h"
#include "core/tasks/changes.h"
#include "core/tasks/work.h"

namespace docwright {

struct NewTask {
    const Operation* operation = nullptr;
    OperationRequest request = {};
    std::string idempotency_key = {};  // empty: none
};

struct TaskError {
    std::string code;
    std::string message;
    json::object details = {};  // empty: left out
};

struct TaskView {
    std::string id;
    std::string_view status;  // PENDING, IN_PROGRESS, COMPLETED, FAILED: the wire's four
    bool final = false;
    int progress = 0;                // 0…100, never falls; 0 when FAILED
    std::string result_document;     // COMPLETED and there is a file; else empty
    std::string result_data;         // JSON object; empty: none
    std::optional<TaskError> error;  // FAILED: always there
    Microseconds created_at = 0;
    Microseconds updated_at = 0;
};

class Tasks {
public:
    Tasks(const Parts& parts, Work& work) : parts_(parts), work_(work) {}

    // Gives the task id. One transaction: task, credits, kept answer, event.
    // Error: NotFound for an input that is unknown or foreign; Conflict for a key that was used with another body;
    // Forbidden INSUFFICIENT_CREDITS; Unavailable when the account's queue is full.
    Result<std::string> submit(const Caller& caller, const NewTask& order);
    Result<TaskView> get(const Caller& caller, std::string_view id) const;

    // To wait: subscribe, get, and if not final get again when `changed` was called (or at the end of the wait).
    Subscription subscribe(std::string_view id, std::function<void()> changed);

    // A task that is final already stays as it is; either way the view says what it is now.
    Result<TaskView> cancel(const Caller& caller, std::string_view id);

    Result<std::vector<TaskRecord>> dead_letters(std::string_view account) const;
    // DEAD or FAILED → PENDING, if all it needs still exists. Error: NotFound for the task or an input; Conflict for another state;
    // InvalidInput with reason PASSWORD_REQUIRED when it was ordered with a password, which no task keeps after its end.
    Status replay(std::string_view account, std::string_view id, const Actor& actor);

    Result<TaskCounts> counts(std::string_view account = {}) const;

private:
    Result<TaskRecord> record_of(Transaction& transaction, const Caller& caller, const NewTask& order) const;

    Parts parts_;
    Work& work_;
};

}  // namespace docwright
