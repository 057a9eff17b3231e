// What an attempt comes to: which move, and everything that goes with it in one transaction.
#pragma once

#include "core/parts.h"
#include "core/tasks/runner.h"

namespace docwright {

// COMPLETED with its result document. `draft` is on disk already. A late finisher, whose lease is lost, drops its result.
Result<Written> write_completed(const Parts& parts, const TaskRecord& task, BlobDraft& draft, const TaskResult& result);

// FAILED, tried again, or given up, as fault table and counts say.
Result<Written> write_failed(const Parts& parts, const TaskRecord& task, Retry retry, const Error& error);

// The worker is gone or stops: back into the queue. `counted`: it lapsed, which may be the task's doing.
Result<Written> write_rescued(const Parts& parts, const TaskRecord& task, bool counted);

}  // namespace docwright
