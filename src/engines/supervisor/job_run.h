// One job with one child that was taken from the pool, until the child has ended or is given back.
#pragma once

#include "engines/supervisor/child_pool.h"
#include "engines/supervisor/supervisor.h"

namespace docwright {

struct JobRun {
    bool started;  // false: nothing of the job has happened, its files are untouched; another child may do it
    Result<EngineOutcome> outcome;
};

// A child that lives on could write to its descriptors after the job: it gets a file of our own in place of the job's output, and no
// scratch file; the result is copied when the job is done.
JobRun run_with_child(ChildPool& pool, EngineChild child, const EngineJob& job, int threads, JobObserver& observer);

}  // namespace docwright
