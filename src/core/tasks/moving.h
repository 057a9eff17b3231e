// Steps that every way of ending or moving a task shares.
#pragma once

#include "core/events/append.h"
#include "core/parts.h"

namespace docwright {

Error task_not_found();

// A record about a task, in the stream of its lineage.
Event task_event(EventType type, const TaskRecord& task, const Actor& actor);
Actor worker_actor(const Parts& parts, const TaskRecord& task);

// To a final state: row, credits, usage. False: the task is not ours any more, nothing has changed.
// The record is the caller's to append, after whatever else its transaction does.
Result<bool> end_task(Transaction& transaction, const TaskRecord& task, const TaskEnd& end, std::uint64_t result_bytes = 0);

}  // namespace docwright
