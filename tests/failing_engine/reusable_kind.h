// A kind of engine whose children do several jobs, with nothing of a library behind it, and operations that leave things behind.
#pragma once

#include <span>

#include "engines/child/kind.h"

namespace docwright {

constexpr std::uint64_t kReusableRetireBytes = 64ULL * 1024 * 1024;
constexpr std::uint64_t kReusableKillBytes = 256ULL * 1024 * 1024;

class ReusableKind final : public EngineKind {
public:
    std::string_view name() const override { return "reusable"; }
    KindTraits traits() const override { return {100, kReusableRetireBytes, kReusableKillBytes, 60}; }
    bool has_folder() const override { return true; }
    Result<std::vector<EngineFact>> prepare(const ParentSettings& settings) override;
    Result<std::vector<EngineFact>> confine_parent(const ParentSettings& settings) override;
    Status confine_child(const ChildFolders& folders) override;
    Status end_job() override;
    Result<TaskResult> self_test(TaskFiles& files, Progress& progress) override;
};

// A kind that is never installed.
class MissingKind final : public EngineKind {
public:
    std::string_view name() const override { return "missing"; }
    Result<std::vector<EngineFact>> prepare(const ParentSettings&) override {
        return Error{Fault::Unsupported, "The package \"nothing\" is not installed."};
    }
    Result<std::vector<EngineFact>> confine_parent(const ParentSettings&) override { return std::vector<EngineFact>(); }
    Status confine_child(const ChildFolders&) override { return success(); }
    Result<TaskResult> self_test(TaskFiles&, Progress&) override { return TaskResult{}; }
};

std::vector<Operation> reusable_operations();

}  // namespace docwright
