// The queue. Which moves are allowed is core's table; the store makes sure that each happens to the state it was decided on:
// a function that answers bool gives false when the task is no longer in that state or under that lease number, and then
// changes nothing. Holding and releasing input blobs and the counters of waiting and running work go with the moves.
#pragma once

#include <optional>
#include <span>

#include "base/result.h"
#include "store/records.h"

namespace docwright {

struct LeaseRequest {
    std::string owner;
    std::vector<std::string> lanes;
    Microseconds now = 0;
    Microseconds until = 0;
    std::vector<std::string> accounts_at_their_bound = {};  // whose work waits this time
};

struct TaskEnd {
    TaskState state = TaskState::Completed;  // a final one
    int progress = 0;
    std::string result_data = {};
    std::string error_code = {};
    std::string error_message = {};
    std::string error_details = {};
    int losses = 0;
    int rescues = 0;
    Microseconds now = 0;
};

struct TaskCounts {
    std::int64_t waiting = 0;
    std::int64_t running = 0;
    std::int64_t dead = 0;
};

class TaskStore {
public:
    virtual ~TaskStore() = default;

    virtual Result<std::optional<TaskRecord>> find(std::string_view account, std::string_view id) const = 0;  // without inputs
    virtual Result<std::optional<TaskRecord>> find_with_inputs(std::string_view account, std::string_view id) const = 0;
    virtual Result<std::optional<TaskRecord>> find_anywhere(std::string_view id) const = 0;  // of any account: left-overs at start
    virtual Result<std::int64_t> waiting(std::string_view account) const = 0;
    virtual Result<TaskCounts> counts(std::string_view account) const = 0;  // empty account: all
    virtual Result<std::vector<TaskRecord>> dead(std::string_view account, int limit) const = 0;
    virtual Result<std::vector<TaskRecord>> lapsed(Microseconds now, int limit) const = 0;  // IN_PROGRESS past lease_until
    virtual Result<std::vector<TaskRecord>> leased(int limit) const = 0;
    virtual Result<std::optional<Microseconds>> next_due() const = 0;  // of PENDING work

    virtual Status add(const TaskRecord& task) = 0;  // PENDING
    // Of the account whose turn it is, the oldest task that is due in one of the lanes: now IN_PROGRESS under the next lease number.
    virtual Result<std::optional<TaskRecord>> lease_next(const LeaseRequest& request) = 0;
    virtual Result<bool> renew(std::string_view id, std::int64_t lease_number, Microseconds until, int progress) = 0;
    virtual Result<bool> put_back(const TaskRecord& task, Microseconds due_at,
                                  Microseconds now) = 0;  // with task's progress, losses and rescues
    virtual Result<bool> finish(const TaskRecord& task, const TaskEnd& end) = 0;
    virtual Result<bool> reopen(const TaskRecord& task, Microseconds now) = 0;  // a final state back to PENDING, counts at zero
};

}  // namespace docwright
