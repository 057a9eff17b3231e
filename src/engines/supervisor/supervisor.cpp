#include "engines/supervisor/supervisor.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <list>
#include <mutex>
#include <thread>

#include "base/cores.h"
#include "engines/protocol/probe_document.h"
#include "engines/protocol/steady_time.h"
#include "engines/supervisor/child_pool.h"
#include "engines/supervisor/job_run.h"

namespace docwright {
namespace {

using namespace std::chrono_literals;

constexpr auto kAskEvery = 50ms;               // the observer, while a job waits for a lane
constexpr int kSelfTestMilliseconds = 15'000;  // takes 3 ms (pdf) to 50 ms (office, web); the rest is for a busy machine
constexpr int kChildrenTried = 10;             // for one job: all that waited may have died a moment ago
constexpr int kMissedSelfTests = 3;            // so many in a row, and the pool is not healthy

SupervisorSettings filled(SupervisorSettings settings) {
    if (settings.engine_path.empty()) settings.engine_path = path_beside_this_program("docwright-engine");
    if (settings.lanes <= 0) settings.lanes = usable_cores();
    const bool lives_on = settings.kind != "pdf" && settings.jobs_per_child != 1;
    if (settings.spares <= 0) settings.spares = settings.lanes + (lives_on ? 1 : 0);
    return settings;
}

ParentOrder order_of(const SupervisorSettings& settings) {
    return {settings.engine_path,     settings.kind,           settings.spares,   settings.engine_user, settings.allow_weak_sandbox,
            settings.engine_messages, settings.font_checksums, settings.by_tenant};
}

Status empty_output(const EngineJob& job) {
    if (::ftruncate(job.output.get(), 0) == 0 && ::lseek(job.output.get(), 0, SEEK_SET) == 0) return success();
    return Error{Fault::Internal, "The result file cannot be written.", std::strerror(errno), "STORAGE_ERROR"};
}

FileDescriptor memory_file(std::string_view bytes) {
    FileDescriptor file(::memfd_create("self-test", MFD_CLOEXEC));
    if (file.open() && ::pwrite(file.get(), bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) file.reset();
    return file;
}

}  // namespace

// What run() shares between threads: who runs, who waits, how the last self-test ended.
class Supervisor::Lanes {
public:
    explicit Lanes(SupervisorSettings settings) : settings_(std::move(settings)), pool_(order_of(settings_), settings_.jobs_per_child) {}
    ~Lanes() {
        {
            std::lock_guard lock(mutex_);
            stopping_ = true;
            stopped_.notify_all();
        }
        if (tester_.joinable()) tester_.join();
    }

    Status start() {
        TRY(pool_.start());
        TRY(self_test());
        if (settings_.self_test_seconds > 0) tester_ = std::thread([this] { test_now_and_then(); });
        return success();
    }

    Result<EngineOutcome> run(const EngineJob& job, JobObserver& observer) {
        if (job.inputs.size() > limits::kEngineInputs) {
            return Error{Fault::LimitExceeded, "A task may have at most " + std::to_string(limits::kEngineInputs) + " documents."};
        }
        TRY(empty_output(job));
        TRY(wait_for_lane(observer));
        Result<EngineOutcome> outcome = run_in_lane(job, observer);
        std::lock_guard lock(mutex_);
        --busy_;
        ++jobs_;
        if (outcome.ok()) converted_time_ = steady_time();
        if (!outcome.ok() && outcome.error().fault == Fault::EngineLost) ++losses_;
        changed_.notify_one();
        return outcome;
    }

    Status self_test() {
        Status passed = try_self_test();
        std::lock_guard lock(mutex_);
        self_test_passed_ = passed.ok();
        self_test_problem_ = passed.ok() ? "" : passed.error().message + " " + passed.error().detail;
        self_test_time_ = steady_time();
        return passed;
    }

    PoolHealth health() const;
    std::vector<EngineFact> facts() const { return pool_.facts(); }
    ChildUse use() const { return pool_.use(); }
    const std::string& kind() const { return settings_.kind; }

private:
    Status wait_for_lane(JobObserver& observer) {
        std::unique_lock lock(mutex_);
        ++waiting_;
        while (busy_ >= settings_.lanes) {
            changed_.wait_for(lock, kAskEvery);
            lock.unlock();
            bool cancelled = observer.cancelled();
            lock.lock();
            if (!cancelled) continue;
            --waiting_;
            changed_.notify_one();  // we may have been woken in another one's place
            return Error{Fault::Conflict, "The task was cancelled.", {}, "CANCELLED"};
        }
        --waiting_;
        ++busy_;
        return success();
    }

    Result<EngineOutcome> run_in_lane(const EngineJob& job, JobObserver& observer) {
        for (int tries = 1;; ++tries) {
            bool cancelled = false;
            Result<EngineChild> child = pool_.take(job.tenant, [&] { return cancelled = observer.cancelled(); });
            if (cancelled && !child.ok()) return Error{Fault::Conflict, "The task was cancelled.", {}, "CANCELLED"};
            if (!child.ok()) return child.error();
            observer.begins();
            auto begin = note_begin();
            JobRun run = run_with_child(pool_, std::move(child).take(), job, threads_for(job), observer);
            note_end(begin);
            if (run.started || tries == kChildrenTried) return std::move(run.outcome);
        }
    }

    int threads_for(const EngineJob& job) { return job.threads > 0 ? std::min(job.threads, limits::kEngineThreads) : idle_cores(); }

    // Threads on a core where another document is at work gain nothing and cost memory: a job gets the cores that are idle, so
    // that a full server runs one thread each and a single document all that help.
    int idle_cores() {
        std::lock_guard lock(mutex_);
        return std::clamp(usable_cores() - busy_ + 1, 1, limits::kEngineThreads);
    }

    std::list<Microseconds>::iterator note_begin() {
        std::lock_guard lock(mutex_);
        return begins_.insert(begins_.end(), steady_time());  // oldest first
    }
    void note_end(std::list<Microseconds>::iterator begin) {
        std::lock_guard lock(mutex_);
        begins_.erase(begin);
    }

    // Beside the lanes: a probe must not wait behind the work whose engine it asks about. Nor must work wait for a probe: where all
    // children that there can be are at work, what comes of that work tells as much.
    bool all_at_work() const { return pool_.use() == ChildUse::Again && pool_.state().children.waiting == 0; }

    Status try_self_test() {
        EngineJob job{.operation = std::string(kSelfTestOperation),
                      .output = memory_file(""),
                      .limits = {.wall_milliseconds = kSelfTestMilliseconds}};
        const Probe probe = probe_of(settings_.kind);
        FileDescriptor document = memory_file(probe.document);
        if (!job.output.open() || !document.open())
            return Error{Fault::Unavailable, "The self-test has no memory file.", std::strerror(errno)};
        job.inputs.push_back({std::move(document), probe.file_name, {}, {}});
        JobObserver nobody;
        EngineChild child = TRY(pool_.take("", [this] { return stopping(); }));
        (void)TRY(run_with_child(pool_, std::move(child), job, 1, nobody).outcome);
        std::string text(probe.expected.size(), '\0');
        ssize_t size = ::pread(job.output.get(), text.data(), text.size(), 0);
        text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        if (text != probe.expected) return Error{Fault::Unavailable, "The engine did not pass its self-test.", text};
        return success();
    }

    bool stopping() const {
        std::lock_guard lock(mutex_);
        return stopping_;
    }

    void test_now_and_then() {
        std::unique_lock lock(mutex_);
        while (!stopped_.wait_for(lock, std::chrono::seconds(settings_.self_test_seconds), [this] { return stopping_; })) {
            lock.unlock();
            if (!all_at_work()) (void)self_test();  // its outcome is kept for health()
            lock.lock();
        }
    }

    const SupervisorSettings settings_;
    ChildPool pool_;
    std::thread tester_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;  // a lane is free
    std::condition_variable stopped_;
    bool stopping_ = false;  // from here on: guarded by mutex_
    int busy_ = 0;
    int waiting_ = 0;
    std::uint64_t jobs_ = 0;
    std::uint64_t losses_ = 0;
    std::list<Microseconds> begins_;  // of the jobs that run
    bool self_test_passed_ = false;
    std::string self_test_problem_;
    Microseconds self_test_time_ = 0;
    Microseconds converted_time_ = 0;  // the last job that went well
};

PoolHealth Supervisor::Lanes::health() const {
    ChildPoolState pool = pool_.state();
    std::lock_guard lock(mutex_);
    Microseconds now = steady_time();
    PoolHealth health{.lanes = settings_.lanes, .busy = busy_, .waiting = waiting_, .ready = pool.children.waiting};
    health.children = pool.children.waiting + pool.children.resting + pool.children.busy;
    health.children_started = pool.children.started;
    health.children_replaced = pool.children.replaced;
    health.starved = pool.children.starved;
    if (!begins_.empty()) health.oldest_job_age = now - begins_.front();
    health.self_test_age = now - self_test_time_;
    health.self_test_passed = self_test_passed_;
    health.jobs = jobs_;
    health.losses = losses_;
    health.parent_starts = pool.parent_starts;
    const Microseconds shown_to_work = pool_.use() == ChildUse::Again ? std::max(self_test_time_, converted_time_) : self_test_time_;
    bool overdue =
        settings_.self_test_seconds > 0 && now - shown_to_work > kMissedSelfTests * settings_.self_test_seconds * kMicrosecondsPerSecond;
    if (!pool.alive)
        health.problem = pool.problem.empty() ? "The engine is starting." : pool.problem;
    else if (!self_test_passed_)
        health.problem = self_test_problem_;
    else if (overdue)
        health.problem = "The engine's self-test is overdue.";
    health.healthy = health.problem.empty();
    return health;
}

Supervisor::Supervisor(std::unique_ptr<Lanes> lanes) : lanes_(std::move(lanes)) {}
Supervisor::~Supervisor() = default;

Result<std::unique_ptr<Supervisor>> Supervisor::start(SupervisorSettings settings) {
    auto lanes = std::make_unique<Lanes>(filled(std::move(settings)));
    TRY(lanes->start());
    return std::make_unique<Supervisor>(std::move(lanes));
}

Result<EngineOutcome> Supervisor::run(const EngineJob& job, JobObserver& observer) { return lanes_->run(job, observer); }
PoolHealth Supervisor::health() const { return lanes_->health(); }
std::vector<EngineFact> Supervisor::facts() const { return lanes_->facts(); }
ChildUse Supervisor::use() const { return lanes_->use(); }
const std::string& Supervisor::kind() const { return lanes_->kind(); }
Status Supervisor::self_test() { return lanes_->self_test(); }

}  // namespace docwright
