#include "core/tasks/runner.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/hashing.h"
#include "core/events/moves.h"
#include "core/tasks/moving.h"
#include "core/tasks/order.h"
#include "core/tasks/outcome.h"

namespace docwright {
namespace {

constexpr Microseconds kLease = limits::kLeaseSeconds * kMicrosecondsPerSecond;
constexpr int kPerScan = 100;             // leases at a time; rescue_all() goes on until none is left, rescue() at its next round
constexpr int kIdleMilliseconds = 1'000;  // work of other processes, and tasks that become due, are found this late at most
constexpr int kRenewMilliseconds = limits::kLeaseSeconds * 1'000 / 3;
constexpr int kAfterErrorMilliseconds = 500;  // the store cannot be written: not a busy loop

}  // namespace

struct TaskRunner::Prepared {
    EngineTask order;
    std::unique_ptr<BlobDraft> draft;
    FileDescriptor scratch;
};

// A leased task's place at the engine, from lease() on. Left once, at the latest when the attempt is over.
class TaskRunner::Lane {
public:
    Lane(TaskRunner& runner, const TaskRecord& task) : runner_(runner), task_(task) {}
    ~Lane() { leave(); }
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;
    void leave() {
        if (!std::exchange(left_, true)) runner_.count_at_engine(task_, -1);
    }

private:
    TaskRunner& runner_;
    const TaskRecord& task_;
    bool left_ = false;
};

TaskRunner::TaskRunner(const Parts& parts, Work& work, RunnerOptions options)
    : parts_(parts), work_(work), options_(std::move(options)), at_engines_(options_.engines.size()) {}

TaskRunner::~TaskRunner() { stop(0); }

// One request for each engine with a free lane, another engine first each time. Long work only while a lane stays free for short
// work. Of each account as many tasks as the engine's bound: with a lane more than that, slow or hostile work of one account never
// fills an engine, and nobody else waits for it; what one engine does never holds up another one.
std::vector<LeaseRequest> TaskRunner::lease_requests() {
    std::vector<LeaseRequest> requests;
    std::lock_guard lock(mutex_);
    const std::size_t count = options_.engines.size();
    for (std::size_t i = 0; i < count; ++i) {
        const EngineLanes& engine = options_.engines[(turn_ + i) % count];
        const AtEngine& at = at_engines_[(turn_ + i) % count];
        if (at.tasks >= engine.lanes) continue;
        LeaseRequest request{.owner = parts_.options.instance};
        for (const auto& [account, running] : at.of_account) {
            if (running >= engine.lanes_of_one_account) request.accounts_at_their_bound.push_back(account);
        }
        request.lanes.push_back(lane_of(engine.engine, false));
        const bool may_take_long = at.long_tasks == 0 || at.long_tasks + 1 < engine.lanes;
        if (may_take_long) request.lanes.push_back(lane_of(engine.engine, true));
        requests.push_back(std::move(request));
    }
    turn_ = count == 0 ? 0 : (turn_ + 1) % count;
    return requests;
}

Result<std::optional<TaskRecord>> TaskRunner::lease() {
    std::lock_guard one_at_a_time(leasing_);
    std::vector<LeaseRequest> requests = lease_requests();
    if (requests.empty()) return std::optional<TaskRecord>();
    std::optional<TaskRecord> leased = TRY(write_result(
        parts_.store,
        [&](Transaction& transaction) -> Result<std::optional<TaskRecord>> {
            EventType type = TRY(check_move(Subject::Task, word(TaskState::Pending), "start"));
            std::optional<TaskRecord> task;
            for (LeaseRequest& request : requests) {
                request.now = parts_.clock.now();
                request.until = request.now + kLease;
                task = TRY(transaction.tasks.lease_next(request));
                if (task) break;
            }
            if (!task) return task;
            Event event = task_event(type, *task, worker_actor(parts_, *task));
            event.data = {{"attempt", task->attempts}, {"lease", task->lease_number}};
            const Operation* operation = operation_named(options_.operations, task->operation);
            if (operation) event.data["engine"] = lane_of(operation->engine, false);
            if (!options_.engine_version.empty()) event.data["engineVersion"] = options_.engine_version;
            TRY(append(transaction, parts_, {event}));
            return task;
        },
        Durability::Soon));
    if (leased) count_at_engine(*leased, 1);
    return leased;
}

void TaskRunner::count_at_engine(const TaskRecord& task, int change) {
    bool below_a_bound_again = false;
    {
        std::lock_guard lock(mutex_);
        for (std::size_t i = 0; i < options_.engines.size(); ++i) {
            const EngineLanes& engine = options_.engines[i];
            const bool is_long = task.lane == lane_of(engine.engine, true);
            if (!is_long && task.lane != lane_of(engine.engine, false)) continue;
            AtEngine& at = at_engines_[i];
            int& of_account = at.of_account[task.account];
            below_a_bound_again = change < 0 && (of_account == engine.lanes_of_one_account || at.tasks == engine.lanes);
            at.tasks += change;
            if (is_long) at.long_tasks += change;
            of_account += change;
            if (of_account == 0) at.of_account.erase(task.account);
        }
    }
    if (below_a_bound_again) work_.announce();  // a thread may sleep because of the bound
}

bool TaskRunner::is_alone_at_engine(const TaskRecord& task) const {
    std::lock_guard lock(mutex_);
    int tasks = 0;  // whatever the engine: they share the machine
    for (const AtEngine& at : at_engines_) {
        auto of_account = at.of_account.find(task.account);
        if (of_account != at.of_account.end()) tasks += of_account->second;
    }
    return tasks <= 1;
}

Result<bool> TaskRunner::run_one() {
    const std::optional<TaskRecord> task = TRY(lease());
    if (!task) return false;
    const std::stop_token stop = work_.begin(task->id, task->lease_number, task->progress);
    work_.changes.publish(task->id);
    const Result<Written> written = attempt_guarded(*task, stop);
    work_.end(task->id);
    work_.changes.publish(task->id);
    // What could not be written down (full disk) is rescued when its lease has lapsed.
    if (!written.ok()) return written.error();
    if (written.value() == Written::Ended) (void)parts_.blobs.remove_scratch(task->id);  // a left-over is removed at the next start
    if (written.value() == Written::WaitsAgain) work_.announce();
    return true;
}

Result<TaskRunner::Prepared> TaskRunner::prepare(const TaskRecord& task, const Operation& operation) {
    Prepared prepared;
    JoinedValues joined = TRY(join_secrets(task));
    prepared.order.id = task.id;
    prepared.order.operation = &operation;
    prepared.order.values = std::move(joined.values);
    prepared.order.attempt = task.attempts;
    prepared.order.tenant = hex(sha256("tenant " + task.account));
    prepared.order.input_time = task.created_at;  // where there is no input
    for (std::size_t index = 0; index < task.inputs.size(); ++index) {
        const TaskInputRecord& input = task.inputs[index];
        if (index == 0) prepared.order.input_time = input.stored_at;
        Result<FileDescriptor> file = parts_.blobs.open(task.account, input.sha256);
        if (!file.ok() && file.error().fault == Fault::NotFound) {
            return Error{Fault::Internal, "The bytes of an input document are gone.", file.error().detail};
        }
        EngineInput prepared_input{
            .file = TRY(std::move(file)), .bytes = input.bytes, .file_name = input.file_name, .sha256 = input.sha256};
        prepared_input.password = joined.passwords[index];
        prepared.order.inputs.push_back(std::move(prepared_input));
    }
    prepared.draft = TRY(parts_.blobs.draft(task.account));
    prepared.scratch = TRY(parts_.blobs.scratch(task.id));
    prepared.order.output = prepared.draft->descriptor();
    prepared.order.scratch = prepared.scratch.get();
    return prepared;
}

// One run of one task. Error: what came of it could not be written down.
Result<Written> TaskRunner::attempt(TaskRecord task, Lane& lane, const std::stop_token& stop) {
    const Operation* operation = operation_named(options_.operations, task.operation);
    if (!operation)
        return write_failed(parts_, task, Retry::Never, {Fault::Unsupported, "This operation is not available on this server."});
    Result<Prepared> made = prepare(task, *operation);
    if (!made.ok()) return write_failed(parts_, task, operation->retry, made.error());
    Prepared prepared = std::move(made).take();
    const ReportProgress report = [&](int done, int total) {
        // 100 is said only when the result can be downloaded.
        if (total > 0) work_.set_progress(task.id, static_cast<int>(std::clamp<std::int64_t>(std::int64_t{99} * done / total, 0, 99)));
    };
    prepared.order.yields = !is_alone_at_engine(task);
    Result<EngineAnswer> answer = options_.run(prepared.order, report, stop);
    lane.leave();
    task.progress = work_.progress(task.id).value_or(task.progress);
    if (answer.ok()) return write_result_of(task, *operation, *prepared.draft, std::move(answer).take());
    // Told to stop: cancelled and lost leases are refused by their number, a shutdown hands the work back.
    if (stop.stop_requested()) return write_rescued(parts_, task, false);
    return write_failed(parts_, task, operation->retry, answer.error());
}

// The last line of defence: what a library throws through its adapter ends this task and not the server.
Result<Written> TaskRunner::attempt_guarded(const TaskRecord& task, const std::stop_token& stop) {
    Lane lane(*this, task);
    try {
        return attempt(task, lane, stop);
    } catch (const std::exception& thrown) {
        return write_failed(parts_, task, Retry::Never,
                            {Fault::Internal, "The server made a mistake while it worked on this task.", thrown.what()});
    }
}

Result<Written> TaskRunner::write_result_of(const TaskRecord& task, const Operation& operation, BlobDraft& draft, EngineAnswer answer) {
    Status stored = draft.read_back();
    const Format format = answer.result.format;
    const bool may_be_empty = format == Format::Text || format == Format::Markdown;  // of a document without text
    if (stored.ok() && draft.bytes() == 0 && !(may_be_empty && answer.result.data.empty())) {
        if (answer.result.data.empty()) return write_failed(parts_, task, operation.retry, {Fault::Internal, "The engine gave no result."});
        // Data without a file is a JSON document as well (contract/pdf-services.md, 13.3).
        answer.result.format = Format::Json;
        stored = draft.add(answer.result.data);
    }
    if (stored.ok()) stored = draft.publish();
    if (!stored.ok()) return write_failed(parts_, task, operation.retry, stored.error());
    return write_completed(parts_, task, draft, answer.result);
}

Result<int> TaskRunner::renew_leases() {
    const std::vector<Work::Running> running = work_.running();
    if (running.empty()) return 0;
    std::vector<std::string> lost;
    TRY(parts_.store.write(
        [&](Transaction& transaction) -> Status {
            lost.clear();
            const Microseconds until = parts_.clock.now() + kLease;
            for (const Work::Running& each : running) {
                if (!TRY(transaction.tasks.renew(each.task, each.lease_number, until, each.progress))) lost.push_back(each.task);
            }
            return success();
        },
        Durability::Soon));
    for (const std::string& task : lost) work_.stop(task);
    return static_cast<int>(running.size() - lost.size());
}

Result<int> TaskRunner::rescue_each(const std::vector<TaskRecord>& tasks, bool counted) {
    int rescued = 0;
    for (const TaskRecord& task : tasks) {
        if (TRY(write_rescued(parts_, task, counted)) == Written::LeaseLost) continue;
        ++rescued;
        work_.changes.publish(task.id);
        work_.announce();
    }
    return rescued;
}

Result<int> TaskRunner::rescue() {
    const auto lapsed = TRY(read_result(parts_.store, [&](const View& view) { return view.tasks.lapsed(parts_.clock.now(), kPerScan); }));
    return rescue_each(lapsed, true);
}

Result<int> TaskRunner::rescue_all() {
    int rescued = 0;
    for (;;) {
        const auto leased = TRY(read_result(parts_.store, [&](const View& view) { return view.tasks.leased(kPerScan); }));
        if (leased.empty()) return rescued;
        rescued += TRY(rescue_each(leased, true));
    }
}

bool TaskRunner::stopping() const {
    std::lock_guard lock(mutex_);
    return stopping_;
}

void TaskRunner::work_loop() {
    std::uint64_t seen = 0;
    while (!stopping()) {
        const Result<bool> did = run_one();
        if (did.ok() && did.value()) continue;
        seen = work_.wait_for_work(seen, did.ok() ? kIdleMilliseconds : kAfterErrorMilliseconds);
    }
}

// Errors of a round (full disk) need no answer here: the next round tries again.
void TaskRunner::lease_loop() {
    int since_renewal = 0;
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_for(lock, std::chrono::milliseconds(kIdleMilliseconds), [&] { return stopping_ && work_.running().empty(); })) {
        lock.unlock();
        (void)rescue();
        since_renewal += kIdleMilliseconds;
        if (since_renewal >= kRenewMilliseconds) {
            (void)renew_leases();
            since_renewal = 0;
        }
        lock.lock();
    }
}

void TaskRunner::start() {
    for (int number = 0; number < options_.threads; ++number) threads_.emplace_back([this] { work_loop(); });
    threads_.emplace_back([this] { lease_loop(); });
}

void TaskRunner::stop(int grace_ms) {
    if (threads_.empty()) return;
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    work_.wake_all();
    constexpr int kStepMilliseconds = 10;
    for (int waited = 0; waited < grace_ms && !work_.running().empty(); waited += kStepMilliseconds) {
        std::this_thread::sleep_for(std::chrono::milliseconds(kStepMilliseconds));
    }
    work_.stop_all();
    for (std::size_t index = 0; index + 1 < threads_.size(); ++index) threads_[index].join();
    stopped_.notify_all();
    threads_.back().join();
    threads_.clear();
}

}  // namespace docwright
