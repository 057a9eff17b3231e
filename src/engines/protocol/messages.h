// Every message between docwright and its engine processes: what each says, in which direction, with which descriptors.
//
//   parent → supervisor   Hello   once, when it is confined: its version, how its children are used and what is in force
//                         Child   a confined child waits for a job; descriptors: its socket, its pidfd
//                         Exited  a child has ended, with what the kernel said about it
//                         Broken  the parent cannot go on (confinement cannot be had …); it ends
//   supervisor → parent   Taken   a child is used up or soon will be; make another one
//   supervisor → child    Job     descriptors: output, scratch if there is one, network if there is one, the inputs
//   child → parent        Ready   confined, warm and waiting; or Broken
//   child → supervisor    Started, Progress*, then Done or Failed. Then a single-use child ends, a reusable one says Ready when
//                         nothing of the job is left. Dying before a death by signal
//
// A socket that closes without Done or Failed is a lost engine; without Started, nothing of the job has begun. The parent is trusted: it
// never sees a document. A child is not once it has its job: everything it says is bounded, checked for type and range, and can at worst
// spoil its own task. Text is JSON with exactly these member names. Errors of the readers: Internal, as frames.h says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/result.h"
#include "core/operation.h"

namespace docwright {

// One row of what the engine said about itself at its start: "Landlock" → "ABI 7".
struct EngineFact {
    std::string name;
    std::string value;
    bool in_force = true;  // false: a means of confinement, or a font, that this machine does not give
};

// How children of one kind are used.
struct KindTraits {
    int jobs = 1;  // that a child does before it is replaced, unless the operator says otherwise; 1: it ends after its job
    std::uint64_t retire_bytes = 0;  // memory of a child and all it started, above which it is replaced after its job; 0: not watched
    std::uint64_t kill_bytes = 0;    // above which its job fails and the child ends; 0: not watched
    int wall_seconds = limits::kTaskWallSeconds;  // for one job, if its task allows as much
};

struct HelloMessage {
    std::string version;  // DOCWRIGHT_VERSION of the engine: both programs must come from one build
    KindTraits traits = {};
    std::vector<EngineFact> facts = {};
};

struct ChildMessage {
    std::int64_t number = 0;  // counts from 1 within one parent; process ids come back, numbers do not
    std::int64_t process = 0;
};

struct ExitedMessage {
    std::int64_t number = 0;
    int signal = 0;  // that ended it; 0: it exited
    int code = 0;    // exit code
    Microseconds cpu = 0;
    std::int64_t memory_bytes = 0;  // largest resident size
};

struct TakenMessage {
    std::int64_t number = 0;
};

struct JobMessage {
    struct Input {
        std::string file_name, sha256, password;
    };
    std::string operation;
    json::object values;
    std::vector<Input> inputs;
    bool has_scratch = false;
    bool has_network = false;
    std::string tenant;  // opaque: jobs with the same one may share what a child keeps; empty: with no other job
    Microseconds input_time = 0;
    int attempt = 1;
    int threads = 1;  // that may work on the document
    int cpu_seconds = 0;
    std::uint64_t address_bytes = 0;
    std::uint64_t output_bytes = 0;
};

struct ProgressMessage {
    int done = 0, total = 0;  // 0 <= done <= total
};

struct DoneMessage {
    Format format = Format::Pdf;
    std::string data;  // text of a JSON object, or empty
    Microseconds cpu = 0;
    std::int64_t memory_bytes = 0;
};

struct DyingMessage {
    int signal = 0;
    int system_call = 0;  // the forbidden one, when the signal is SIGSYS
    bool memory = false;  // an allocation failed before
};

std::string text_of(const HelloMessage& message);
std::string text_of(const ChildMessage& message);
std::string text_of(const ExitedMessage& message);
std::string text_of(const TakenMessage& message);
std::string text_of(const JobMessage& message);
std::string text_of(const ProgressMessage& message);
std::string text_of(const DoneMessage& message);
std::string text_of(const Error& error);  // Failed and Broken

Result<HelloMessage> read_hello(std::string_view text);
Result<ChildMessage> read_child(std::string_view text);
Result<ExitedMessage> read_exited(std::string_view text);
Result<TakenMessage> read_taken(std::string_view text);
Result<JobMessage> read_job(std::string_view text);
Result<ProgressMessage> read_progress(std::string_view text);
Result<DoneMessage> read_done(std::string_view text);
Result<DyingMessage> read_dying(std::string_view text);

// What a child says about its own failure. Only faults and reasons that a document can cause come through: it cannot claim
// that the task was cancelled, or make the server try again. Texts are cut to limits::kEngineErrorBytes.
struct FailedMessage {
    Error error;
};
Result<FailedMessage> read_failed(std::string_view text);

}  // namespace docwright
