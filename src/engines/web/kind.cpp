#include "engines/web/kind.h"

#include "base/limits.h"
#include "engines/child/child.h"
#include "engines/child/confinement.h"
#include "engines/sandbox/landlock.h"
#include "engines/sandbox/resource_limits.h"
#include "engines/web/uploaded_page.h"

namespace docwright::web {
namespace {

// A page that is used again grows from 95 to 260 MB in 20 documents; with fresh ones the browser stays between 150 and 200.
constexpr int kJobs = 500;
constexpr std::uint64_t kRetireBytes = 600ULL * 1024 * 1024;
constexpr std::uint64_t kKillBytes = 2ULL * 1024 * 1024 * 1024;
constexpr int kDriverCpuSeconds = 24 * 60 * 60;  // of all its jobs; the supervisor's clock is the limit of one

}  // namespace

KindTraits WebKind::traits() const { return {.jobs = kJobs, .retire_bytes = kRetireBytes, .kill_bytes = kKillBytes}; }

Result<std::vector<EngineFact>> WebKind::prepare(const ParentSettings& settings) {
    keep_messages_ = settings.keep_messages;
    reuse_pages_ = settings.by_tenant;
    return std::vector<EngineFact>{{"Chromium", TRY(installed_version())}};
}

Result<std::vector<EngineFact>> WebKind::confine_parent(const ParentSettings& settings) {
    Steps steps(settings.allow_weak_sandbox);
    TRY(give_up_rights(settings, FileTree::Own, steps));
    Result<FileDescriptor> ruleset = make_empty_ruleset();
    const Status landlock = ruleset.ok() ? success() : Status(ruleset.error());
    const std::string allowed = "ABI " + std::to_string(landlock_abi()) + ", browser: its program, fonts and folder; driver: nothing";
    if (TRY(steps.take("Landlock", allowed, landlock))) ruleset_ = std::move(ruleset).take();
    Result<SystemCallFilter> filter = SystemCallFilter::compile();
    const Status seccomp = filter.ok() ? success() : Status(filter.error());
    if (TRY(steps.take("seccomp", "browser: its own sandbox; driver: allow list", seccomp))) filter_ = std::move(filter).take();
    return std::move(steps.facts);
}

// The driver keeps its rights until the browser runs.
Status WebKind::confine_child(const ChildFolders&) { return success(); }

// The browser needs what the driver gives up right after.
Status WebKind::warm_up(const ChildFolders& folders) {
    BrowserSettings settings;
    settings.chromium.folder = folders.own;
    settings.chromium.one_renderer = reuse_pages_;
    settings.chromium.keep_messages = keep_messages_;
    settings.chromium.landlock = ruleset_.open();
    browser_ = TRY(Browser::start(settings));
    TRY(set_resource_limits({kDriverCpuSeconds, limits::kEngineAddressBytes, limits::kEngineOutputBytes}));
    if (ruleset_.open()) TRY(restrict_by(ruleset_));
    ruleset_.reset();
    report_deaths();
    if (filter_) TRY(filter_->install());
    return filter_ ? refuse_new_threads() : success();
}

Status WebKind::begin_job(const JobMessage& job, TaskFiles& files) {
    browser_->work_for(job.tenant);
    files.browser = browser_.get();
    return success();
}

Status WebKind::end_job() { return browser_->rest(); }

Result<TaskResult> WebKind::self_test(TaskFiles& files, Progress&) {
    UploadedPage page = TRY(read_upload(files.inputs[0].bytes));
    (void)TRY(browser_->print({.source = std::move(page.source)}, files.output));
    return TaskResult{Format::Pdf};
}

}  // namespace docwright::web
