#include "core/tasks/moving.h"

#include <algorithm>
#include <bit>

#include "core/credits/balance.h"

namespace docwright {
namespace {

constexpr Microseconds kDay = 24LL * 3600 * kMicrosecondsPerSecond;

Status count_usage(Transaction& transaction, const TaskRecord& task, const TaskEnd& end, std::uint64_t result_bytes) {
    UsageRecord usage{.account = task.account, .day = end.now / kDay, .operation = task.operation, .credential = task.credential};
    usage.code = end.error_code.empty() ? "COMPLETED" : end.error_code;
    usage.calls = 1;
    usage.credits = end.state == TaskState::Completed ? task.credits : 0;
    usage.milliseconds = task.started_at == 0 ? 0 : (end.now - task.started_at) / kMicrosecondsPerMillisecond;
    usage.duration_bucket = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(std::max<std::int64_t>(usage.milliseconds, 0))));
    for (const TaskInputRecord& input : task.inputs) usage.bytes_in += static_cast<std::int64_t>(input.bytes);
    usage.bytes_out = static_cast<std::int64_t>(result_bytes);
    return transaction.ledger.count_usage(usage);
}

}  // namespace

Error task_not_found() { return {Fault::NotFound, "There is no task with this id.", {}, "TASK_NOT_FOUND"}; }

Event task_event(EventType type, const TaskRecord& task, const Actor& actor) {
    Event event{.type = type, .account = task.account, .stream = "document/" + task.lineage, .actor = actor};
    event.about.push_back("task/" + task.id);
    return event;
}

Actor worker_actor(const Parts& parts, const TaskRecord& task) {
    return {.kind = "worker", .id = parts.options.instance, .first = task.credential};
}

Result<bool> end_task(Transaction& transaction, const TaskRecord& task, const TaskEnd& end, std::uint64_t result_bytes) {
    if (!TRY(transaction.tasks.finish(task, end))) return false;
    TRY(settle_credits(transaction, task, end.state == TaskState::Completed));
    TRY(count_usage(transaction, task, end, result_bytes));
    return true;
}

}  // namespace docwright
