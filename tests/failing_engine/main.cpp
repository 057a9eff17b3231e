// docwright-engine with operations that misbehave, for the tests of the supervisor. The same program as the product's but for
// the list of operations, which the product does not have.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

#include "engines/child/parent.h"
#include "engines/pdf/kind.h"
#include "engines/protocol/channel.h"
#include "tests/failing_engine/reusable_kind.h"

namespace docwright {
namespace {

using Values = json::object;

std::int64_t number(const Values& values, std::string_view name, std::int64_t otherwise) {
    const json::value* value = values.if_contains(name);
    return value ? value->to_number<std::int64_t>() : otherwise;
}

void send_raw(std::string_view bytes) { ::send(kChildChannel, bytes.data(), bytes.size(), MSG_NOSIGNAL); }

Result<TaskResult> done() { return TaskResult{Format::Text}; }

// Copies its input; says each byte as progress.
Result<TaskResult> echo(const Values& values, TaskFiles& files, Progress& progress) {
    std::string_view bytes = files.inputs[0].bytes;
    int total = static_cast<int>(bytes.size());
    for (int i = 0; i < total; ++i) progress.report(i, total);
    ::usleep(static_cast<useconds_t>(number(values, "milliseconds", 0) * 1000));
    if (::write(files.output, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) return Error{Fault::Internal, "write"};
    progress.report(total, total);
    return TaskResult{Format::Text, json::serialize(json::object{{"name", files.inputs[0].file_name},
                                                                 {"sha256", files.inputs[0].sha256},
                                                                 {"password", files.inputs[0].password},
                                                                 {"attempt", files.attempt},
                                                                 {"input_time", files.input_time},
                                                                 {"values", values}})};
}

// Leaves a mark in scratch and crashes; finds it at the next attempt.
Result<TaskResult> go_on(const Values&, TaskFiles& files, Progress&) {
    char mark = 0;
    if (::pread(files.scratch, &mark, 1, 0) == 1 && mark == 'x') return TaskResult{Format::Text, R"({"found":true})"};
    if (::pwrite(files.scratch, "x", 1, 0) != 1) return Error{Fault::Internal, "scratch"};
    std::abort();
}

Result<TaskResult> refuse(const Values&, TaskFiles&, Progress&) {
    return Error{Fault::InvalidInput, "The document needs a password.", "page 3", "PASSWORD_REQUIRED"};
}

// Claims what only the server may decide.
Result<TaskResult> claim(const Values&, TaskFiles&, Progress&) {
    return Error{Fault::Unavailable, "Try me again for ever.", {}, "CANCELLED"};
}

// As a body says whose library's own process has ended.
Result<TaskResult> lose_library(const Values&, TaskFiles&, Progress&) {
    return Error{Fault::EngineLost, "The library's process has ended."};
}

Result<TaskResult> crash(const Values&, TaskFiles&, Progress&) {
    volatile int* nowhere = nullptr;
    *nowhere = 1;
    return done();
}

Result<TaskResult> give_up(const Values&, TaskFiles&, Progress&) { std::abort(); }

int deeper(int depth) {
    volatile char frame[1024] = {};  // used after the call, so the compiler cannot turn it into a loop
    frame[0] = static_cast<char>(depth);
    if (depth < 0) return 0;  // never; without it the compiler refuses the rest
    return deeper(depth + 1) + frame[0];
}
Result<TaskResult> recurse(const Values&, TaskFiles&, Progress&) {
    if (deeper(0) == 0) return done();
    return done();
}

Result<TaskResult> throw_something(const Values&, TaskFiles&, Progress&) { throw std::runtime_error("from a library"); }

Result<TaskResult> hang(const Values&, TaskFiles&, Progress&) {
    for (;;) ::usleep(100'000);
}

Result<TaskResult> compute(const Values&, TaskFiles&, Progress&) {
    volatile unsigned turns = 0;
    for (;;) turns = turns + 1;
}

Result<TaskResult> allocate(const Values&, TaskFiles&, Progress&) {
    constexpr std::size_t kPiece = 16 * 1024 * 1024;
    std::vector<std::unique_ptr<char[]>> pieces;
    for (;;) pieces.push_back(std::make_unique_for_overwrite<char[]>(kPiece));
}

// As C libraries do: a failed malloc ends in abort().
Result<TaskResult> allocate_like_c(const Values&, TaskFiles&, Progress&) {
    for (;;) {
        void* piece = std::malloc(16 * 1024 * 1024);
        if (!piece) std::abort();
        *static_cast<volatile char*>(piece) = 1;
    }
}

Result<TaskResult> flood_output(const Values&, TaskFiles& files, Progress&) {
    std::string piece(1024 * 1024, 'x');
    while (::write(files.output, piece.data(), piece.size()) > 0) {
    }
    return done();
}

Result<TaskResult> flood_messages(const Values&, TaskFiles&, Progress&) {
    for (;;) (void)send_message(kChildChannel, FrameKind::Progress, R"({"done":1,"total":2})");
}

Result<TaskResult> endless_message(const Values&, TaskFiles&, Progress&) {
    std::string piece(limits::kFrameBytes, 'x');
    std::memcpy(piece.data(), "DW\1\1", kFrameHeadBytes);
    for (;;) send_raw(piece);
}

Result<TaskResult> talk_nonsense(const Values& values, TaskFiles&, Progress&) {
    send_raw(values.at("bytes").as_string());
    for (;;) ::usleep(100'000);
}

// Hands descriptors to the server, as many as it can.
Result<TaskResult> push_descriptors(const Values&, TaskFiles& files, Progress&) {
    std::vector<int> many(16, files.output);
    (void)send_message(kChildChannel, FrameKind::Progress, R"({"done":1,"total":2})", many);
    return done();
}

Result<TaskResult> exit_in_silence(const Values&, TaskFiles&, Progress&) { ::_exit(0); }

// Says Done, lives on and goes on writing.
Result<TaskResult> linger(const Values&, TaskFiles& files, Progress&) {
    (void)send_message(kChildChannel, FrameKind::Done, R"({"format":"txt","data":"","cpu":1,"memory_bytes":1})");
    for (;;) (void)!::pwrite(files.output, "x", 1, 0);
}

// Closes the channel and lives on.
Result<TaskResult> hide(const Values&, TaskFiles& files, Progress&) {
    ::close(kChildChannel);
    for (;;) (void)!::pwrite(files.output, "x", 1, 0);
}

Result<TaskResult> call_forbidden(const Values&, TaskFiles&, Progress&) {
    (void)!::chdir("/");
    return done();
}

Result<TaskResult> long_data(const Values& values, TaskFiles&, Progress&) {
    return TaskResult{Format::Json,
                      json::serialize(json::object{{"text", std::string(static_cast<std::size_t>(number(values, "bytes", 0)), 'y')}})};
}

Result<TaskResult> count_descriptors(const Values&, TaskFiles&, Progress&) {
    json::array open;
    for (int i = 0; i < limits::kEngineOpenFiles; ++i) {
        if (::fcntl(i, F_GETFD) >= 0) open.push_back(i);
    }
    return TaskResult{Format::Text, json::serialize(json::object{{"open", open}})};
}

using BodyFunction = Result<TaskResult> (*)(const Values&, TaskFiles&, Progress&);
Operation operation(std::string_view name, BodyFunction body) { return {.name = name, .body = {{}, body}}; }

std::span<const Operation* const> failing_operations() {
    static const Operation kOperations[] = {
        operation("echo", echo),
        operation("go-on", go_on),
        operation("refuse", refuse),
        operation("claim", claim),
        operation("lose-library", lose_library),
        operation("crash", crash),
        operation("give-up", give_up),
        operation("recurse", recurse),
        operation("throw", throw_something),
        operation("hang", hang),
        operation("compute", compute),
        operation("allocate", allocate),
        operation("allocate-like-c", allocate_like_c),
        operation("flood-output", flood_output),
        operation("flood-messages", flood_messages),
        operation("endless-message", endless_message),
        operation("talk-nonsense", talk_nonsense),
        operation("push-descriptors", push_descriptors),
        operation("exit-in-silence", exit_in_silence),
        operation("linger", linger),
        operation("hide", hide),
        operation("call-forbidden", call_forbidden),
        operation("long-data", long_data),
        operation("count-descriptors", count_descriptors),
    };
    static const std::vector<Operation> kOfReusable = reusable_operations();
    static const std::vector<const Operation*> kPointers = [] {
        std::vector<const Operation*> pointers;
        for (const Operation& each : kOfReusable) pointers.push_back(&each);
        for (const Operation& each : kOperations) pointers.push_back(&each);
        return pointers;
    }();
    return kPointers;
}

}  // namespace
}  // namespace docwright

int main(int argument_count, char** arguments) {
    docwright::pdf::PdfKind pdf;
    docwright::ReusableKind reusable;
    docwright::MissingKind missing;
    docwright::EngineKind* kinds[] = {&pdf, &reusable, &missing};
    return docwright::engine_main(argument_count, arguments, docwright::failing_operations(), kinds);
}
