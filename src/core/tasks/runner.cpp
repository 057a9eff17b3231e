#include "core/tasks/runner.h"

#include <algorithm>
#include <chrono>
#include <utility>

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

TaskRunner::TaskRunner(const Parts& parts, Work& work, RunnerOptions options) : parts_(parts), work_(work), options_(std::move(options)) {}

TaskRunner::~TaskRunner() { stop(0); }

// The lanes that this process serves: those of its engines; long work only while a lane stays free for short work. Of each
// account as many tasks as the runner's bound: with a thread more than that, slow or hostile work of one account never fills
// all threads, and nobody else waits for it.
Result<std::optional<TaskRecord>> TaskRunner::lease() {
    std::lock_guard one_at_a_time(leasing_);
    LeaseRequest request{.owner = parts_.options.instance};
    {
        std::lock_guard lock(mutex_);
        if (at_engine_ >= options_.lanes) return std::optional<TaskRecord>();
        const bool may_take_long = long_at_engine_ == 0 || long_at_engine_ + 1 < options_.lanes;
        for (const auto& [account, running] : at_engine_of_) {
            if (running >= options_.lanes_of_one_account) request.accounts_at_their_bound.push_back(account);
        }
        for (Engine engine : options_.engines) {
            request.lanes.push_back(lane_of(engine, false));
            if (may_take_long) request.lanes.push_back(lane_of(engine, true));
        }
    }
    std::optional<TaskRecord> leased = TRY(write_result(
        parts_.store,
        [&](Transaction& transaction) -> Result<std::optional<TaskRecord>> {
            EventType type = TRY(check_move(Subject::Task, word(TaskState::Pending), "start"));
            request.now = parts_.clock.now();
            request.until = request.now + kLease;
            std::optional<TaskRecord> task = TRY(transaction.tasks.lease_next(request));
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
        if (task.lane.ends_with("-long")) long_at_engine_ += change;
        int& of_account = at_engine_of_[task.account];
        below_a_bound_again = change < 0 && (of_account == options_.lanes_of_one_account || at_engine_ == options_.lanes);
        at_engine_ += change;
        of_account += change;
        if (of_account == 0) at_engine_of_.erase(task.account);
    }
    if (below_a_bound_again) work_.announce();  // a thread may sleep because of the bound
}

bool TaskRunner::is_alone_at_engine(const TaskRecord& task) const {
    std::lock_guard lock(mutex_);
    auto at_engine = at_engine_of_.find(task.account);
    return at_engine == at_engine_of_.end() || at_engine->second <= 1;
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
