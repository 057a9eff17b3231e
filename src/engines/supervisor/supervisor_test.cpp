// The supervisor with the real engine: jobs come through, and the pool stays whole.
#include "engines/supervisor/supervisor.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include "engines/protocol/probe_document.h"

namespace docwright {
namespace {

FileDescriptor file_with(std::string_view bytes) {
    FileDescriptor file(::memfd_create("test", MFD_CLOEXEC));
    EXPECT_EQ(::pwrite(file.get(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    return file;
}

std::string content_of(const FileDescriptor& file) {
    std::string text(4096, '\0');
    ssize_t size = ::pread(file.get(), text.data(), text.size(), 0);
    text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return text;
}

EngineJob probe_job() {
    EngineJob job{.operation = std::string(kSelfTestOperation), .output = file_with("")};
    job.inputs.push_back({file_with(probe_document()), "probe.pdf", {}, {}});
    return job;
}

std::unique_ptr<Supervisor> started(SupervisorSettings settings = {}) {
    settings.engine_messages = true;
    auto supervisor = Supervisor::start(std::move(settings));
    EXPECT_TRUE(supervisor.ok()) << supervisor.error().message << " " << supervisor.error().detail;
    return supervisor.ok() ? std::move(supervisor).take() : nullptr;
}

TEST(Supervisor, runs_a_job_in_a_confined_child) {
    auto supervisor = started();
    ASSERT_TRUE(supervisor);
    EngineJob job = probe_job();
    JobObserver nobody;
    auto outcome = supervisor->run(job, nobody);
    ASSERT_TRUE(outcome.ok()) << outcome.error().message << outcome.error().detail;
    EXPECT_EQ(outcome.value().format, Format::Text);
    EXPECT_EQ(content_of(job.output), kProbeText);
    EXPECT_TRUE(supervisor->health().healthy) << supervisor->health().problem;
}

}  // namespace
}  // namespace docwright
