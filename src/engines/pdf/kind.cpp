#include "engines/pdf/kind.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/hashing.h"
#include "base/limits.h"
#include "engines/child/child.h"
#include "engines/child/confinement.h"
#include "engines/pdf/fonts.h"
#include "engines/pdf/heap.h"
#include "engines/pdf/library.h"
#include "engines/protocol/probe_document.h"
#include "engines/sandbox/landlock.h"
#include "engines/sandbox/resource_limits.h"

namespace docwright::pdf {
namespace {

std::vector<EngineFact> font_facts(const EngineFonts& fonts, bool checksums) {
    std::vector<EngineFact> facts;
    int missing = 0;
    for (const FontFile& file : fonts.files()) missing += file.bytes.empty() ? 1 : 0;
    facts.push_back({"fonts",
                     std::to_string(static_cast<int>(fonts.files().size()) - missing) + " of " + std::to_string(fonts.files().size()),
                     missing == 0});
    for (const FontFile& file : fonts.files()) {
        if (file.bytes.empty()) facts.push_back({"font " + file.name, "not installed; a built-in font serves instead", false});
        if (checksums && !file.bytes.empty()) facts.push_back({"font " + file.name, "sha256 " + hex(sha256(file.bytes))});
    }
    return facts;
}

std::string megabytes(std::uint64_t bytes) { return std::to_string(bytes / (1024 * 1024)) + " MB"; }

std::string shown_limits() {
    return "cpu " + std::to_string(limits::kTaskCpuSeconds) + " s, memory " +
           (memory_limit_works() ? megabytes(limits::kEngineAddressBytes) : "unlimited (sanitizer)") + ", output " +
           megabytes(limits::kEngineOutputBytes) + ", open files " + std::to_string(limits::kEngineOpenFiles) + ", no core file";
}

// Starting a thread costs a tenth of what a page does; a file of fewer bytes has few pages. Nothing of it has been read yet.
constexpr std::size_t kBytesWorthThreads = 32UL * 1024;

bool worth_threads(const JobMessage& job, const TaskFiles& files) {
    if (job.threads < 2) return false;
    std::size_t bytes = 0;
    for (const TaskInput& input : files.inputs) bytes += input.bytes.size();
    return bytes >= kBytesWorthThreads;
}

}  // namespace

struct PdfKind::Loaded {
    EngineFonts fonts;  // before the library, which asks for them to its end
    Library library;
};

PdfKind::PdfKind() = default;
PdfKind::~PdfKind() = default;

Result<std::vector<EngineFact>> PdfKind::prepare(const ParentSettings& settings) {
    loaded_ = std::make_unique<Loaded>();
    loaded_->fonts.offer_to_pdfium();
    std::string text = TRY(read_probe(probe_of("pdf").document));
    if (text != kProbeText) return Error{Fault::Unavailable, "PDFium does not read the probe document as it should.", text};
    std::vector<EngineFact> facts = {{"PDFium", "build " DOCWRIGHT_PDFIUM_BUILD}};
    for (EngineFact& fact : font_facts(loaded_->fonts, settings.checksums)) facts.push_back(std::move(fact));
    return facts;
}

Result<std::vector<EngineFact>> PdfKind::confine_parent(const ParentSettings& settings) {
    Steps steps(settings.allow_weak_sandbox);
    TRY(give_up_rights(settings, FileTree::None, steps));
    Result<FileDescriptor> ruleset = make_empty_ruleset();
    Status landlock = ruleset.ok() ? success() : Status(ruleset.error());
    if (TRY(steps.take("Landlock", "ABI " + std::to_string(landlock_abi()) + ", nothing allowed", landlock))) {
        ruleset_ = std::move(ruleset).take();
    }
    Result<SystemCallFilter> filter = SystemCallFilter::compile();
    Status seccomp = filter.ok() ? success() : Status(filter.error());
    if (TRY(steps.take("seccomp", "allow list", seccomp))) filter_ = std::move(filter).take();
    steps.facts.push_back({"resource limits", shown_limits(), memory_limit_works()});
    return std::move(steps.facts);
}

// The order matters: each step takes away what the next ones do not need.
Status PdfKind::confine_child(const ChildFolders&) {
    TRY(set_resource_limits({limits::kTaskCpuSeconds, limits::kEngineAddressBytes, limits::kEngineOutputBytes}));
    if (ruleset_.open()) TRY(restrict_by(ruleset_));
    report_deaths();
    ::close_range(kChildChannel + 1, ~0U, 0);
    return filter_ ? filter_->install() : success();
}

Status PdfKind::warm_up(const ChildFolders&) {
    fill_heap();
    return success();
}

Status PdfKind::begin_job(const JobMessage& job, TaskFiles& files) {
    workers_.emplace(worth_threads(job, files) ? job.threads - 1 : 0);
    files.workers = &*workers_;
    return filter_ ? refuse_new_threads() : success();
}

Result<TaskResult> PdfKind::self_test(TaskFiles& files, Progress&) {
    std::string text = TRY(read_probe(files.inputs[0].bytes));
    if (::write(files.output, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        return Error{Fault::Internal, "The self-test cannot write its result.", std::strerror(errno)};
    }
    return TaskResult{Format::Text};
}

}  // namespace docwright::pdf
