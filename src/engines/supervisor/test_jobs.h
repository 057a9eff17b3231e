// What the tests of the supervisor share: jobs, and supervisors of the engine that misbehaves.
#pragma once

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "engines/protocol/probe_document.h"
#include "engines/supervisor/supervisor.h"

namespace docwright {

inline FileDescriptor file_with(std::string_view bytes) {
    FileDescriptor file(::memfd_create("test", MFD_CLOEXEC));
    EXPECT_EQ(::pwrite(file.get(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    return file;
}

inline std::string content_of(const FileDescriptor& file) {
    std::string text(4096, '\0');
    ssize_t size = ::pread(file.get(), text.data(), text.size(), 0);
    text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return text;
}

inline EngineJob job_of(std::string_view operation, json::object values = {}, std::string_view input = "hello") {
    EngineJob job{.operation = std::string(operation), .values = std::move(values), .output = file_with("")};
    job.inputs.push_back({file_with(input), "hello.txt", "ab12", "secret"});
    return job;
}

inline std::unique_ptr<Supervisor> started(SupervisorSettings settings) {
    Result<std::unique_ptr<Supervisor>> supervisor = Supervisor::start(std::move(settings));
    EXPECT_TRUE(supervisor.ok()) << supervisor.error().message << " " << supervisor.error().detail;
    return supervisor.ok() ? std::move(supervisor).take() : nullptr;
}

// Two lanes, two spares, no self-test in between.
inline SupervisorSettings failing_engine() {
    return {.engine_path = DOCWRIGHT_BINARY_FOLDER "/docwright-engine-failing", .lanes = 2, .spares = 2, .self_test_seconds = 0};
}

inline Result<EngineOutcome> run(Supervisor& supervisor, const EngineJob& job) {
    JobObserver nobody;
    return supervisor.run(job, nobody);
}

// `in_message` stands in the message or in the detail.
inline void expect_failure(const Result<EngineOutcome>& outcome, Fault fault, std::string_view reason, std::string_view in_message) {
    ASSERT_FALSE(outcome.ok());
    const Error& error = outcome.error();
    EXPECT_EQ(error.fault, fault) << error.message << " " << error.detail;
    EXPECT_EQ(error.reason, reason);
    EXPECT_NE((error.message + " " + error.detail).find(in_message), std::string::npos) << error.message << " | " << error.detail;
}

inline bool within(std::chrono::seconds time, const std::function<bool()>& true_at_last) {
    for (auto end = std::chrono::steady_clock::now() + time; std::chrono::steady_clock::now() < end;
         std::this_thread::sleep_for(std::chrono::milliseconds(5))) {
        if (true_at_last()) return true;
    }
    return true_at_last();
}

// Good jobs one after another in the other lane, as long as it lives.
class Neighbour {
public:
    explicit Neighbour(Supervisor& supervisor)
        : thread_([this, &supervisor] {
              do {
                  EngineJob job = job_of("echo", {{"milliseconds", 1}});
                  ++(run(supervisor, job).ok() && content_of(job.output) == "hello" ? good : bad);
              } while (!stop_);
          }) {}
    ~Neighbour() { finish(); }
    void finish() {
        stop_ = true;
        if (thread_.joinable()) thread_.join();
    }
    std::atomic<int> good = 0, bad = 0;

private:
    std::atomic<bool> stop_ = false;
    std::thread thread_;
};

// Process numbers of the children of `process`.
inline std::vector<pid_t> children_of(pid_t process) {
    std::vector<pid_t> children;
    std::ifstream list("/proc/" + std::to_string(process) + "/task/" + std::to_string(process) + "/children");
    for (pid_t child = 0; list >> child;) children.push_back(child);
    return children;
}

// The engine's parents among our own children; they are made by a thread of the supervisor.
inline std::vector<pid_t> engine_parents() {
    std::vector<pid_t> parents;
    for (int thread = 0; const auto& entry : std::filesystem::directory_iterator("/proc/self/task")) {
        (void)thread;
        std::ifstream list(entry.path() / "children");
        for (pid_t child = 0; list >> child;) parents.push_back(child);
    }
    return parents;
}

}  // namespace docwright
