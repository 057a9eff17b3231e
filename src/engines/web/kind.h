// The web kind of engine: a child is a driver with a browser of its own. The browser is started first, confined for itself
// (chromium.h); then the driver, which unpacks archives and rewrites PDFs, keeps nothing but its descriptors and pipes.
#pragma once

#include <memory>
#include <optional>

#include "base/file_descriptor.h"
#include "engines/child/kind.h"
#include "engines/sandbox/system_calls.h"
#include "engines/web/browser.h"

namespace docwright::web {

class WebKind final : public EngineKind {
public:
    std::string_view name() const override { return "web"; }
    KindTraits traits() const override;
    bool has_folder() const override { return true; }
    bool has_job_folder() const override { return false; }
    Result<std::vector<EngineFact>> prepare(const ParentSettings& settings) override;
    Result<std::vector<EngineFact>> confine_parent(const ParentSettings& settings) override;
    Status confine_child(const ChildFolders& folders) override;
    Status warm_up(const ChildFolders& folders) override;
    Status begin_job(const JobMessage& job, TaskFiles& files) override;
    Status end_job() override;
    Result<TaskResult> self_test(TaskFiles& files, Progress& progress) override;

private:
    bool keep_messages_ = false;
    bool reuse_pages_ = false;
    std::optional<SystemCallFilter> filter_;  // of the driver; none: not to be had (weak sandbox)
    FileDescriptor ruleset_;                  // Landlock; likewise
    std::unique_ptr<Browser> browser_;
};

}  // namespace docwright::web
