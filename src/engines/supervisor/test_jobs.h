// What the tests of the supervisor share: jobs, and supervisors of the engine that misbehaves.
#pragma once

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <string_view>

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

}  // namespace docwright
