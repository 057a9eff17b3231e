// The pdf kind of engine: PDFium and the fonts are loaded once in the parent, and each document has a child of its own, with
// nothing but its descriptors: no files, no network, an allow list of system calls.
#pragma once

#include <memory>
#include <optional>

#include "base/file_descriptor.h"
#include "base/worker_threads.h"
#include "engines/child/kind.h"
#include "engines/sandbox/system_calls.h"

namespace docwright::pdf {

class PdfKind final : public EngineKind {
public:
    PdfKind();
    ~PdfKind() override;

    std::string_view name() const override { return "pdf"; }
    Result<std::vector<EngineFact>> prepare(const ParentSettings& settings) override;
    Result<std::vector<EngineFact>> confine_parent(const ParentSettings& settings) override;
    Status confine_child(const ChildFolders& folders) override;
    Status warm_up(const ChildFolders& folders) override;
    Status begin_job(const JobMessage& job, TaskFiles& files) override;
    Result<TaskResult> self_test(TaskFiles& files, Progress& progress) override;

private:
    struct Loaded;  // fonts and library
    std::unique_ptr<Loaded> loaded_;
    std::optional<SystemCallFilter> filter_;  // none: not to be had (weak sandbox)
    FileDescriptor ruleset_;                  // Landlock; likewise
    std::optional<WorkerThreads> workers_;    // of a child
};

// Text of the first page, which is also drawn once. The parent reads the probe document with it before the first fork, so that
// what PDFium builds on first use is shared by all children.
Result<std::string> read_probe(std::string_view document_bytes);

}  // namespace docwright::pdf
