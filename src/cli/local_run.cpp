#include "cli/local_run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <optional>

#include "base/hash_file.h"
#include "cli/engines.h"
#include "cli/output_file.h"

namespace docwright {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReadBytes = 1024 * 1024;

Result<std::string> hash_of(const FileDescriptor& file, const fs::path& path) {
    Sha256Stream hash;
    const int error = hash_file(hash, file.get()).error;
    if (error != 0) return Error{Fault::NotFound, fmt::format("Cannot read {}: {}.", path.string(), std::strerror(error))};
    return hex(hash.finish());
}

}  // namespace

Result<std::unique_ptr<Supervisor>> start_local_engine(const Configuration& chosen, Engine engine, int at_once) {
    SupervisorSettings settings = supervisor_settings(chosen, engine);
    settings.lanes = settings.spares = at_once;
    settings.self_test_seconds = 0;
    return Supervisor::start(settings);
}

Result<JobInput> open_local_input(const fs::path& path, const std::string& password) {
    JobInput input{.file = FileDescriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC)), .file_name = path.filename(), .password = password};
    struct stat facts {};
    if (!input.file.open() || fstat(input.file.get(), &facts) != 0) {
        return Error{Fault::NotFound, fmt::format("Cannot read {}: {}.", path.string(), std::strerror(errno))};
    }
    if (!S_ISREG(facts.st_mode)) return Error{Fault::InvalidInput, fmt::format("{} is not a file.", path.string())};
    input.sha256 = TRY(hash_of(input.file, path));
    return input;
}

namespace {

std::optional<Microseconds> whole_seconds(std::string_view text) {
    std::int64_t seconds = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || seconds < 0) return std::nullopt;
    return seconds * kMicrosecondsPerSecond;
}

std::optional<Microseconds> iso_moment(const std::string& text) {
    std::tm parts{};
    const char* rest = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
    if (!rest || (std::string_view(rest) != "Z" && *rest != '\0')) return std::nullopt;
    return static_cast<Microseconds>(timegm(&parts)) * kMicrosecondsPerSecond;
}

}  // namespace

Result<Microseconds> analysis_time(const std::string& option) {
    if (!option.empty()) {
        std::optional<Microseconds> time = whole_seconds(option);
        if (!time) time = iso_moment(option);
        if (!time) return Error{Fault::InvalidInput, "--analysis-time must be like 2026-11-24T08:00:00Z, or seconds since 1970."};
        return *time;
    }
    const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
    return epoch ? whole_seconds(epoch).value_or(0) : 0;
}

Status copy_to_standard_output(int file) {
    std::string buffer(kReadBytes, '\0');
    for (off_t at = 0;;) {
        ssize_t count = pread(file, buffer.data(), buffer.size(), at);
        if (count == 0) return success();
        for (ssize_t done = 0; count > 0 && done < count;) {
            ssize_t written = write(STDOUT_FILENO, buffer.data() + done, static_cast<std::size_t>(count - done));
            if (written <= 0) return Error{Fault::Internal, fmt::format("Cannot write to standard output: {}.", std::strerror(errno))};
            done += written;
        }
        if (count < 0) return Error{Fault::Internal, "Cannot read the result back."};
        at += count;
    }
}

Result<EngineOutcome> run_into(Supervisor& supervisor, const LocalOrder& order, std::vector<JobInput> inputs, FileDescriptor output,
                               JobObserver& observer) {
    EngineJob job{.operation = std::string(order.operation->name),
                  .values = order.values,
                  .inputs = std::move(inputs),
                  .output = std::move(output),
                  .scratch = FileDescriptor(memfd_create("docwright-scratch", MFD_CLOEXEC)),
                  .input_time = order.analysis_time};
    if (order.operation->engine == Engine::Web && order.open_network) job.network = TRY(order.open_network());
    return supervisor.run(job, observer);
}

Result<fs::path> run_locally(Supervisor& supervisor, const LocalOrder& order, const std::vector<fs::path>& inputs,
                             const LocalTarget& target, JobObserver& observer) {
    std::vector<JobInput> opened;
    for (const fs::path& path : inputs) opened.push_back(TRY(open_local_input(path, order.password)));
    if (target.folder == "-") {
        const FileDescriptor output(memfd_create("docwright-output", MFD_CLOEXEC));
        TRY(run_into(supervisor, order, std::move(opened), FileDescriptor(fcntl(output.get(), F_DUPFD_CLOEXEC, 0)), observer));
        TRY(copy_to_standard_output(output.get()));
        return fs::path("-");
    }
    OutputFile output = TRY(OutputFile::create(target.folder));
    EngineOutcome outcome = TRY(run_into(supervisor, order, std::move(opened), output.duplicate(), observer));
    std::string name = target.name;
    if (target.name_is_stem) name += fmt::format(".{}", format_facts(outcome.format).extension);
    TRY(output.keep_as(name));
    return target.folder / name;
}

}  // namespace docwright
