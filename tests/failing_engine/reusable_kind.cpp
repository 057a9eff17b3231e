#include "tests/failing_engine/reusable_kind.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>

#include "base/limits.h"
#include "engines/child/child.h"
#include "engines/child/confinement.h"
#include "engines/sandbox/resource_limits.h"

namespace docwright {
namespace {

// Of this child; a test program may have globals.
ChildFolders own_folders;
bool broken = false;
std::vector<std::unique_ptr<char[]>> kept;

std::size_t megabytes(const json::object& values) {
    return static_cast<std::size_t>(values.at("megabytes").to_number<std::int64_t>()) * 1024 * 1024;
}

Result<TaskResult> data(json::object answer) { return TaskResult{Format::Text, json::serialize(answer)}; }

Result<TaskResult> which_process(const json::object&, TaskFiles&, Progress&) { return data({{"process", ::getpid()}}); }

// Keeps memory for the jobs to come.
Result<TaskResult> grow(const json::object& values, TaskFiles&, Progress&) {
    kept.push_back(std::make_unique_for_overwrite<char[]>(megabytes(values)));
    std::memset(kept.back().get(), 1, megabytes(values));
    return data({{"process", ::getpid()}});
}

// Two processes that live on: one in the group, one that has left it.
Result<TaskResult> spawn(const json::object&, TaskFiles&, Progress&) {
    json::array processes;
    for (bool leaves : {false, true}) {
        const pid_t process = ::fork();
        if (process == 0) {
            if (leaves) ::setsid();
            for (;;) ::pause();
        }
        processes.push_back(process);
    }
    return data({{"process", ::getpid()}, {"spawned", processes}});
}

Result<TaskResult> leave_file(const json::object&, TaskFiles&, Progress&) {
    std::ofstream(own_folders.job + "/left.txt") << "secret";
    std::filesystem::create_symlink("/", own_folders.job + "/all");
    return data({{"process", ::getpid()}});
}

Result<TaskResult> list_folder(const json::object&, TaskFiles&, Progress&) {
    json::array found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator("/tmp")) found.emplace_back(entry.path().string());
    return data({{"process", ::getpid()}, {"found", found}, {"own", own_folders.own}});
}

Result<TaskResult> refuse_damaged(const json::object&, TaskFiles&, Progress&) {
    return Error{Fault::InvalidInput, "The document is damaged.", {}, "DAMAGED"};
}

Result<TaskResult> break_cleaning(const json::object&, TaskFiles&, Progress&) {
    broken = true;
    return data({{"process", ::getpid()}});
}

Result<TaskResult> tell_network(const json::object&, TaskFiles& files, Progress&) {
    return data({{"network", files.network}, {"open", ::fcntl(files.network, F_GETFD) >= 0}, {"scratch", files.scratch}});
}

}  // namespace

Result<std::vector<EngineFact>> ReusableKind::prepare(const ParentSettings&) { return std::vector<EngineFact>{{"nothing", "at all"}}; }

Result<std::vector<EngineFact>> ReusableKind::confine_parent(const ParentSettings& settings) {
    Steps steps(settings.allow_weak_sandbox);
    TRY(give_up_rights(settings, FileTree::Own, steps));
    return std::move(steps.facts);
}

Status ReusableKind::confine_child(const ChildFolders& folders) {
    own_folders = folders;
    TRY(set_resource_limits({limits::kTaskCpuSeconds, limits::kEngineAddressBytes, limits::kEngineOutputBytes}));
    report_deaths();
    ::close_range(kChildChannel + 1, ~0U, 0);
    return success();
}

Status ReusableKind::end_job() {
    if (broken) return Error{Fault::Internal, "It cannot be cleaned."};
    return success();
}

Result<TaskResult> ReusableKind::self_test(TaskFiles& files, Progress&) {
    const std::string_view bytes = files.inputs[0].bytes;
    if (::write(files.output, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) return Error{Fault::Internal, "write"};
    return TaskResult{Format::Text};
}

std::vector<Operation> reusable_operations() {
    auto operation = [](std::string_view name, auto body) { return Operation{.name = name, .body = {{}, body}}; };
    Operation for_office = operation("needs-office", which_process);
    for_office.engine = Engine::Office;
    return {operation("which-process", which_process),
            operation("grow", grow),
            operation("spawn", spawn),
            operation("leave-file", leave_file),
            operation("list-folder", list_folder),
            operation("refuse-damaged", refuse_damaged),
            operation("break-cleaning", break_cleaning),
            operation("tell-network", tell_network),
            for_office};
}

}  // namespace docwright
