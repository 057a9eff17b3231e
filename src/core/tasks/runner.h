// Takes tasks from the queue, lets an engine do them, and writes down what came of it.
// The engine is a function, so that core knows no engine and a simulation can play one. Each round is a function that
// returns what it did; the threads around it are in start() and stop().
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <thread>

#include "base/file_descriptor.h"
#include "core/operation.h"
#include "core/parts.h"
#include "core/tasks/work.h"

namespace docwright {

struct EngineInput {
    FileDescriptor file;  // open for reading
    std::uint64_t bytes = 0;
    std::string file_name;
    std::string sha256;
    std::string password;
};

struct EngineTask {
    std::string id;
    const Operation* operation = nullptr;
    json::object values;  // with its secrets
    std::vector<EngineInput> inputs;
    int output = -1;              // descriptor of the empty result file, open for reading and writing; the runner owns it
    int scratch = -1;             // descriptor of the task's own file, the same over all attempts
    Microseconds input_time = 0;  // when the first input was stored
    int attempt = 1;
    int wall_seconds = limits::kTaskWallSeconds;
    std::uint64_t output_bytes = limits::kEngineOutputBytes;
    int wait_milliseconds = 0;  // for a place at the engine, before its work begins; 0: as long as it takes
    bool yields = false;        // another task of the same account is at the engine: others' tasks go first
    std::string tenant;         // stands for the account, without naming it
};

struct EngineAnswer {
    TaskResult result;
    std::string engine_version = {};
};

// Returns when no process holds the output any more: its bytes are hashed right after.
// Stop requested (cancel, lease lost, shutdown): let go soon and return any error.
// Error: EngineLost to be tried again; Unavailable: no place at the engine within wait_milliseconds; any other fault is the task's
// answer.
using ReportProgress = std::function<void(int done, int total)>;
using RunEngine = std::function<Result<EngineAnswer>(EngineTask& task, const ReportProgress& progress, const std::stop_token& stop)>;

struct EngineLanes {
    Engine engine = Engine::Pdf;
    int lanes = 2;                 // tasks at the engine at once
    int lanes_of_one_account = 2;  // of them; below `lanes`, another account never waits for this one's work
};

struct RunnerOptions {
    std::span<const Operation* const> operations;
    RunEngine run;
    std::vector<EngineLanes> engines = {EngineLanes{}};  // whose work this process does
    int threads = 2;                                     // beyond all lanes: results are written down while the engines have the next tasks
    std::string engine_version = {};                     // for task.started
};

enum class Written { LeaseLost, WaitsAgain, Ended };  // what became of an attempt

class TaskRunner {
public:
    TaskRunner(const Parts& parts, Work& work, RunnerOptions options);
    ~TaskRunner();  // stop()

    // ---- rounds
    Result<bool> run_one();      // leases one task and does it to its end; false: nothing was due
    Result<int> renew_leases();  // of everything that runs here; stops what is no longer ours
    Result<int> rescue();        // lapsed leases → tried again or dead letter
    Result<int> rescue_all();    // every lease: at start, when no other process shares the store

    // ---- threads
    void start();
    // No new work; what runs may end within `grace_ms`, the rest is handed back.
    void stop(int grace_ms);

private:
    struct Prepared;
    class Lane;

    // Tasks that have a place at one engine, from their lease until the engine has answered.
    struct AtEngine {
        int tasks = 0;
        int long_tasks = 0;
        std::map<std::string, int> of_account;
    };

    Result<std::optional<TaskRecord>> lease();
    std::vector<LeaseRequest> lease_requests();
    Result<Prepared> prepare(const TaskRecord& task, const Operation& operation);
    Result<Written> attempt(TaskRecord task, Lane& lane, const std::stop_token& stop);
    Result<Written> attempt_guarded(const TaskRecord& task, const std::stop_token& stop);
    Result<Written> write_result_of(const TaskRecord& task, const Operation& operation, BlobDraft& draft, EngineAnswer answer);
    Result<int> rescue_each(const std::vector<TaskRecord>& tasks, bool counted);
    void count_at_engine(const TaskRecord& task, int change);
    bool is_alone_at_engine(const TaskRecord& task) const;  // of its account
    void work_loop();
    void lease_loop();
    bool stopping() const;

    Parts parts_;
    Work& work_;
    RunnerOptions options_;
    std::mutex leasing_;        // one thread leases at a time, so that no bound is passed
    mutable std::mutex mutex_;  // guards what follows
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::vector<AtEngine> at_engines_;  // one for each of options_.engines
    std::size_t turn_ = 0;              // the engine that is asked for first
    std::vector<std::thread> threads_;
};

}  // namespace docwright
