// What makes an engine process one of its kind (pdf, office, web). The rest is the same for all: a parent that never opens a
// document keeps children ready (parent.h); a child does its jobs one after another (child.h); the supervisor gives them out.
// One object per process, made in main(), used by the parent and, after the fork, by each child for itself.
// Order of the calls:
//   parent, once       prepare → confine_parent
//   child, once        confine_child → warm_up → (Ready)
//   child, each job    begin_job → the operation's body → end_job
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/operation.h"
#include "engines/protocol/messages.h"

namespace docwright {

// Number of the child's only connection. Fixed, because signal handlers need it and have no other way to know it.
constexpr int kChildChannel = 3;

struct ParentSettings {
    std::string kind;
    int spares = 1;    // children kept that are not taken
    std::string user;  // to become, when started by root
    bool allow_weak_sandbox = false;
    bool keep_messages = false;  // leave standard error open (development)
    bool checksums = false;      // of the fonts, among the facts
    bool by_tenant = false;      // jobs name their tenant, and those of one may share what a child keeps
    pid_t supervisor = 0;        // process that must be our parent
};

// Folders of one child, below /tmp of the engine's own file tree, for a kind with `has_folder`; else empty. The parent makes `own`
// before the fork and removes it when the child has ended. `job` is made before each job and removed after it.
struct ChildFolders {
    std::string own;  // profile, caches: what lives as long as the child
    std::string job;  // own + "/job": the only place for what is of one document
};

class EngineKind {
public:
    virtual ~EngineKind() = default;

    virtual std::string_view name() const = 0;  // value of --kind

    // How a child is used; jobs = 1: a process for each document.
    virtual KindTraits traits() const { return {}; }

    // Whether children get folders (ChildFolders) and keep a file tree. For reusable kinds whose library works on files.
    virtual bool has_folder() const { return false; }

    // Whether each job gets ChildFolders::job. Not for a kind whose confined children have no files at all.
    virtual bool has_job_folder() const { return has_folder(); }

    // Before anything is given up: load what all children share. Gives what there is to say about it: versions, fonts.
    // Error: Unsupported: what the kind works with is not installed; the message says which package. Unavailable: anything else.
    virtual Result<std::vector<EngineFact>> prepare(const ParentSettings& settings) = 0;

    // Gives up what neither parent nor children need, usually by confinement.h. Gives what is in force.
    // Error: Unavailable: a means is missing and weakness is not allowed.
    virtual Result<std::vector<EngineFact>> confine_parent(const ParentSettings& settings) = 0;

    // Right after the fork, with one thread: resource limits, Landlock, seccomp. Also closes every descriptor above kChildChannel that
    // is not needed. A kind that starts programs may leave a part to warm_up().
    virtual Status confine_child(const ChildFolders& folders) = 0;

    // Everything that takes time: starting a library or a browser, converting a first document. Only then the child is Ready.
    virtual Status warm_up(const ChildFolders&) { return success(); }

    // The body's means: files.workers, files.office, files.browser … `files` is complete but for them.
    // Error: Internal: the body is not called.
    virtual Status begin_job(const JobMessage&, TaskFiles&) { return success(); }

    // Whatever came of the job. Nothing of it is left for the next one. Not called for a single-use child.
    // Error: the child is not whole and ends.
    virtual Status end_job() { return success(); }

    // Really converts files.inputs[0], which is probe_of(name()) (protocol/probe_document.h), to its expected output.
    virtual Result<TaskResult> self_test(TaskFiles& files, Progress& progress) = 0;
};

}  // namespace docwright
