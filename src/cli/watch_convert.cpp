#include "cli/watch_convert.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/ascii.h"
#include "base/fault_table.h"
#include "base/utf8.h"
#include "base/write_bytes.h"
#include "cli/batch.h"
#include "cli/output_file.h"
#include "operations/all.h"

namespace docwright {
namespace {

namespace fs = std::filesystem;

// What becomes a PDF by which route (contract/pdf-services.md, section 6). Operations that are not there are passed over.
struct TypeRow {
    std::string_view extension;
    std::string_view route;
};
constexpr std::string_view kWord = "/documents/create/pdf-from-word";
constexpr std::string_view kExcel = "/documents/create/pdf-from-excel";
constexpr std::string_view kPowerPoint = "/documents/create/pdf-from-ppt";
constexpr std::string_view kRtf = "/documents/create/pdf-from-rtf";
constexpr std::string_view kHtml = "/documents/create/pdf-from-html";
constexpr TypeRow kTypes[] = {
    {"doc", kWord},       {"docx", kWord},       {"docm", kWord},      {"dot", kWord},       {"dotx", kWord},       {"dotm", kWord},
    {"odt", kWord},       {"wpd", kWord},        {"rtf", kRtf},        {"xls", kExcel},      {"xlsx", kExcel},      {"xlsm", kExcel},
    {"xlsb", kExcel},     {"ods", kExcel},       {"csv", kExcel},      {"ppt", kPowerPoint}, {"pptx", kPowerPoint}, {"pptm", kPowerPoint},
    {"pps", kPowerPoint}, {"ppsx", kPowerPoint}, {"odp", kPowerPoint}, {"html", kHtml},      {"htm", kHtml},
};

std::string extension_of(const fs::path& file) {
    const std::string extension = ascii_lowered(file.extension().string());
    return extension.empty() ? extension : extension.substr(1);
}

const Operation* operation_by_type(const fs::path& file) {
    const auto* row = std::ranges::find(kTypes, extension_of(file), &TypeRow::extension);
    return row == std::end(kTypes) ? nullptr : operation_at(all_operations(), row->route);
}

std::string valid_utf8(std::string_view text) { return utf8_of(code_points_of(text)); }

// Not the file's fault.
bool passes(const Error& error) {
    return error.fault == Fault::Unavailable || error.fault == Fault::Conflict || error.reason == "STORAGE_ERROR";
}

WatchOutcome later(const Error& error) {
    return {Watched::Later, error.detail.empty() ? error.message : fmt::format("{} ({})", error.message, error.detail)};
}

Status sync_folder(const fs::path& folder) {
    const FileDescriptor open_folder(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (open_folder.open() && ::fsync(open_folder.get()) == 0) return success();
    return Error{Fault::Internal, fmt::format("Cannot write {}: {}.", folder.string(), std::strerror(errno)), {}, "STORAGE_ERROR"};
}

// To another file system: whole there before it goes here.
Status copy_and_remove(const fs::path& from, const fs::path& to) {
    OutputFile copy = TRY(OutputFile::create(to.parent_path()));
    const FileDescriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    std::string buffer(1024 * 1024, '\0');
    ssize_t count = source.open() ? 1 : -1;
    while (count > 0) {
        count = ::read(source.get(), buffer.data(), buffer.size());
        if (count > 0) TRY(write_bytes(copy.file().get(), std::string_view(buffer).substr(0, static_cast<std::size_t>(count))));
    }
    if (count < 0)
        return Error{Fault::Internal, fmt::format("Cannot read {}: {}.", from.string(), std::strerror(errno)), {}, "STORAGE_ERROR"};
    TRY(copy.keep_durably_at(to));
    ::unlink(from.c_str());
    return success();
}

// A name in `folder` that no file has yet, made of `name`.
fs::path free_name(const fs::path& folder, const fs::path& name) {
    fs::path path = folder / name;
    std::error_code failed;
    for (int number = 2; fs::exists(fs::symlink_status(path, failed)); ++number)
        path = folder / fmt::format("{}-{}{}", name.stem().string(), number, name.extension().string());
    return path;
}

struct FailedFile {
    std::string file, sha256;
    const Operation* operation;
    const Error* error;
};

// The reason first: killed between the two, the file is tried again and the reason written over.
Result<fs::path> move_to_failed(const WatchWork& work, const FailedFile& failed) {
    const fs::path from = work.in / failed.file;
    const fs::path folder = work.failed / fs::path(failed.file).parent_path();
    OutputFile reason = TRY(OutputFile::create(folder));
    const fs::path to = free_name(folder, from.filename());
    const json::object text{{"file", valid_utf8(failed.file)},
                            {"sha256", failed.sha256},
                            {"operation", failed.operation->name},
                            {"code", task_code(*failed.error)},
                            {"message", valid_utf8(failed.error->message)}};
    TRY(write_bytes(reason.file().get(), json::serialize(text) + "\n"));
    TRY(reason.keep_durably_at(to.string() + ".error.json"));
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
        if (errno != EXDEV)
            return Error{Fault::Internal,
                         fmt::format("Cannot move {} to {}: {}.", from.string(), to.string(), std::strerror(errno)),
                         {},
                         "STORAGE_ERROR"};
        TRY(copy_and_remove(from, to));
    }
    TRY(sync_folder(folder));
    return to;
}

// The server's rule: a lost engine is tried again, three times in all.
Result<EngineOutcome> run_with_retries(const RunOrder& run, const LocalOrder& order, const fs::path& path, const OutputFile& draft,
                                       JobObserver& observer) {
    for (int attempt = 1;; ++attempt) {
        std::vector<JobInput> inputs;
        inputs.push_back(TRY(open_local_input(path, order.password)));
        Result<EngineOutcome> outcome = run(order, std::move(inputs), draft.duplicate(), observer);
        if (outcome.ok() || outcome.error().fault != Fault::EngineLost || attempt == limits::kEngineLosses) return outcome;
    }
}

// The result at its place, and noted. The path relative to `out`.
Result<std::string> deliver(const WatchWork& work, WatchJournal& journal, OutputFile& draft, const std::string& file, Format format) {
    fs::path wished = file;
    wished.replace_extension(std::string(format_facts(format).extension));
    const std::string name = TRY(journal.name_for(file, wished));
    std::error_code failed;
    fs::create_directories((work.out / name).parent_path(), failed);
    TRY(draft.keep_durably_at(work.out / name));
    return name;
}

}  // namespace

std::string name_of_work(const WatchWork& work) {
    return work.operation ? fmt::format("{} {}", work.operation->name, sorted_json(work.values)) : "by type";
}

const Operation* operation_for(const WatchWork& work, const fs::path& file) {
    if (!work.operation) return operation_by_type(file);
    return reads_by_name(*work.operation, file) ? work.operation : nullptr;
}

WatchOutcome convert_watched(const WatchWork& work, WatchJournal& journal, const RunOrder& run, const std::string& file,
                             JobObserver& observer) {
    const fs::path path = work.in / file;
    const Operation* operation = operation_for(work, file);
    const std::optional<FileStamp> stamp = stamp_of(path);
    if (!operation || !stamp) return {Watched::Gone};
    const Result<JobInput> looked = open_local_input(path, work.password);
    if (!looked.ok()) return stamp_of(path) ? later(looked.error()) : WatchOutcome{Watched::Gone};
    const std::string sha256 = looked.value().sha256;
    if (stamp_of(path) != stamp) return {Watched::Changed};
    if (journal.is_done(file, sha256)) {
        const Status noted = journal.note_done(file, sha256, *stamp);
        return noted.ok() ? WatchOutcome{Watched::Known} : later(noted.error());
    }

    Result<OutputFile> draft = OutputFile::create(journal.folder());
    if (!draft.ok()) return later(draft.error());
    OutputFile output = std::move(draft).take();
    Result<json::object> values = work.operation ? Result<json::object>(work.values) : parse_values(*operation, {});
    if (!values.ok()) return later(values.error());
    const LocalOrder order{
        .operation = operation, .values = std::move(values).take(), .password = work.password, .analysis_time = work.analysis_time};
    const Result<EngineOutcome> outcome = run_with_retries(run, order, path, output, observer);
    if (stamp_of(path) != stamp) return {stamp_of(path) ? Watched::Changed : Watched::Gone};
    if (outcome.ok()) {
        const Result<std::string> name = deliver(work, journal, output, file, outcome.value().format);
        if (!name.ok()) return later(name.error());
        const Status noted = journal.note_done(file, sha256, *stamp);
        return noted.ok() ? WatchOutcome{Watched::Done, name.value()} : later(noted.error());
    }
    if (passes(outcome.error())) return later(outcome.error());
    const Result<fs::path> moved = move_to_failed(work, {file, sha256, operation, &outcome.error()});
    if (!moved.ok()) return later(moved.error());
    return {Watched::Failed, fmt::format("{}; moved to {}", outcome.error().message, moved.value().string()),
            std::string(task_code(outcome.error()))};
}

}  // namespace docwright
