// The office kind of engine (engines/child/kind.h): children that are one LibreOffice each, warm before they are given a job.
// A child may read its libraries and fonts, write its two folders and start threads. It has no network (the parent's namespace),
// no other process, no file of anybody else, and no other document beside the one that it converts.
#pragma once

#include <memory>
#include <optional>

#include "engines/child/kind.h"
#include "engines/office/office.h"
#include "engines/sandbox/system_calls.h"

namespace docwright::office {

class OfficeKind final : public EngineKind {
public:
    std::string_view name() const override { return "office"; }
    KindTraits traits() const override;
    bool has_folder() const override { return true; }
    bool has_job_folder() const override { return false; }  // office.h makes one for each document, warm-up documents too
    Result<std::vector<EngineFact>> prepare(const ParentSettings& settings) override;
    Result<std::vector<EngineFact>> confine_parent(const ParentSettings& settings) override;
    Status confine_child(const ChildFolders& folders) override;
    Status warm_up(const ChildFolders& folders) override;
    Status begin_job(const JobMessage& job, TaskFiles& files) override;
    Status end_job() override;
    Result<TaskResult> self_test(TaskFiles& files, Progress& progress) override;

    // What confine_parent() finds out for its children, for a process that has none: tests, measurements.
    Status use_means_of_this_machine(bool confined);

private:
    std::optional<SystemCallFilter> filter_;  // none: not to be had, and weakness is allowed
    bool landlock_ = false;
    std::unique_ptr<Office> office_;
};

}  // namespace docwright::office
