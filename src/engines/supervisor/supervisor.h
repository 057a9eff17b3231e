// The pool of engine processes of one kind: runs one job at a time in each lane, in a confined child process that was made ready before
// the job came; a document has a process of its own, or one that does several after another (ChildUse). Used by the server, by workers
// and by the command line alike.
// Units: times are Microseconds or named. Threads: run() may be called from any number of threads at once; each call blocks
// its thread until the job has ended. Jobs beyond the number of lanes wait for a lane; waiting does not count against limits.
// A job that ends in whatever way leaves the pool whole: its child is gone, another one is ready.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file_descriptor.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/result.h"
#include "core/operation.h"
#include "engines/protocol/messages.h"
#include "engines/supervisor/roster.h"

namespace docwright {

struct JobInput {
    FileDescriptor file;    // regular file opened for reading only; its bytes never change while the job runs
    std::string file_name;  // as uploaded, last path component only
    std::string sha256;     // hex
    std::string password;   // empty: none given
};

struct EngineLimits {
    int wall_milliseconds = limits::kTaskWallSeconds * 1000;  // from the moment the child gets the job
    int cpu_seconds = limits::kTaskCpuSeconds;
    std::uint64_t address_bytes = limits::kEngineAddressBytes;  // address space of the child
    std::uint64_t output_bytes = limits::kEngineOutputBytes;    // size of the output file, and of the scratch file
};

struct EngineJob {
    std::string operation;  // its declared name: "pdf-structural-extract"
    json::object values;    // as parse_request gives them
    std::vector<JobInput> inputs;
    FileDescriptor output;        // regular file or memfd, opened for reading and writing; emptied before the job starts
    FileDescriptor scratch;       // likewise, but kept as it is: an earlier attempt's work. Not open: none
    FileDescriptor network;       // TaskFiles::network; not open: none
    std::string tenant = {};      // JobMessage::tenant
    Microseconds input_time = 0;  // TaskFiles::input_time
    int attempt = 1;              // TaskFiles::attempt
    int threads = 0;              // on a document with many pages, at most limits::kEngineThreads; 0: one for each idle core
    bool yields = false;          // gives way to the jobs of others from its start, not only once it has become long
    EngineLimits limits = {};
};

struct EngineOutcome {
    Format format = Format::Pdf;    // of what was written to the output
    std::string data;               // JSON object for the task's resultData; empty: none
    Microseconds wall = 0;          // from handing over the job to its end
    Microseconds cpu = 0;           // of the child, as it says
    std::int64_t memory_bytes = 0;  // the child's largest resident size, as it says
};

// What the caller of run() hears and says while the job runs. Called on the thread of run() only.
class JobObserver {
public:
    virtual ~JobObserver() = default;
    virtual void begins() {}  // a child has been had; may come again when the child was lost before it began
    virtual void progress(int done, int total) { (void)done, (void)total; }
    // Asked at least every 50 ms, also while the job waits for a lane, so a lease may be renewed here. true ends the job.
    virtual bool cancelled() { return false; }
};

struct SupervisorSettings {
    std::string engine_path = {};  // of docwright-engine; empty: beside the running program
    std::string kind = "pdf";      // pdf, office, web
    int lanes = 0;                 // jobs at the same time; 0: one per core
    int spares = 0;          // single-use children kept ready, 0: as many as lanes; or reusable ones kept alive, 0: one more than lanes
    int jobs_per_child = 0;  // of a reusable kind; 0: as the kind says; 1: a process for each document
    bool by_tenant = false;  // jobs name their tenant, and those of one may share what a child keeps
    std::string engine_user = "docwright-engine";  // whom a root server's engines become; not used otherwise
    bool allow_weak_sandbox = false;               // go on where a means of confinement cannot be had
    int self_test_seconds = 30;                    // between two self-tests; 0: only the one at the start
    bool engine_messages = false;                  // the engine's standard error goes to ours (development)
    bool font_checksums = false;                   // among facts(); costs 30 ms at the start
};

// The supervisor's own knowledge; asking never touches an engine.
struct PoolHealth {
    bool healthy = false;  // the engine runs and passed its last self-test, which is not too old
    std::string problem;   // why not, for a person; empty when healthy
    int lanes = 0;
    int busy = 0;                     // jobs running
    int waiting = 0;                  // calls of run() that wait for a lane or a child
    int ready = 0;                    // children waiting for a job
    int children = 0;                 // of a reusable kind: waiting, resting or at work
    Microseconds oldest_job_age = 0;  // 0: no job runs
    Microseconds self_test_age = 0;   // since the last self-test ended
    bool self_test_passed = false;
    std::uint64_t jobs = 0;           // ended so far, in whatever way
    std::uint64_t losses = 0;         // of them: engine lost
    std::uint64_t parent_starts = 0;  // 1 + restarts of the engine's parent process
    std::uint64_t children_started = 0;
    std::uint64_t children_replaced = 0;  // after their number of jobs, for their memory or because a job may have damaged them
    std::uint64_t starved = 0;            // jobs that had to wait for the start of a process
};

class Supervisor {
public:
    // Returns when the engine has a confined child ready and has passed its self-test.
    // Error: Unsupported: what the kind works with is not installed; the message says what. Unavailable: the engine cannot be started,
    // cannot be confined (and weak confinement is not allowed) or fails its self-test; the message says which means is missing and what
    // to do.
    static Result<std::unique_ptr<Supervisor>> start(SupervisorSettings settings);
    ~Supervisor();  // ends all engine processes; no run() may be going on

    // Errors beside those of the operation itself:
    //   EngineLost                          the child crashed, was killed or talked nonsense: trying again may help
    //   LimitExceeded, reason TIMEOUT       wall_milliseconds are over
    //   LimitExceeded                       message says "limit: memory", "limit: cpu", "limit: output" or "limit: messages"
    //   Conflict, reason CANCELLED          the observer said so
    //   Unavailable                         no engine can be had at present
    Result<EngineOutcome> run(const EngineJob& job, JobObserver& observer);

    PoolHealth health() const;
    std::vector<EngineFact> facts() const;
    ChildUse use() const;
    const std::string& kind() const;
    Status self_test();  // one probe job through the whole path, beside the lanes

private:
    class Lanes;

public:
    explicit Supervisor(std::unique_ptr<Lanes> lanes);  // start() makes them

private:
    std::unique_ptr<Lanes> lanes_;
};

}  // namespace docwright
