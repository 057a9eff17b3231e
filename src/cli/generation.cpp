#include "cli/generation.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "base/mapped_file.h"
#include "base/record_frames.h"
#include "base/write_bytes.h"
#include "cli/output_file.h"
#include "cli/progress_bar.h"
#include "operations/all.h"

namespace docwright {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRecordsOfOneJob = 250;                    // the template is read once for them
constexpr std::size_t kRecordBytesOfOneJob = 4UL * 1024 * 1024;  // a hundred of their size are still below the limit of a job's output

Result<FileDescriptor> memory_file() {
    FileDescriptor file(::memfd_create("docwright-generation", MFD_CLOEXEC));
    if (!file.open()) return Error{Fault::Internal, "There is no memory for a document.", std::strerror(errno)};
    return file;
}

Result<FileDescriptor> large_file() {
    FileDescriptor file(::open(fs::temp_directory_path().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    return file.open() ? Result<FileDescriptor>(std::move(file)) : memory_file();
}

Result<FileDescriptor> for_reading(const FileDescriptor& file) {
    FileDescriptor again(::open(fmt::format("/proc/self/fd/{}", file.get()).c_str(), O_RDONLY | O_CLOEXEC));
    if (!again.open()) return Error{Fault::Internal, "A document cannot be read back.", std::strerror(errno)};
    return again;
}

FileDescriptor duplicate(const FileDescriptor& file) { return FileDescriptor(::fcntl(file.get(), F_DUPFD_CLOEXEC, 0)); }

std::vector<std::string> texts_at(const json::object& object, std::string_view key) {
    std::vector<std::string> texts;
    const json::value* list = object.if_contains(key);
    if (!list || !list->is_array()) return texts;
    for (const json::value& text : list->get_array())
        if (text.is_string()) texts.emplace_back(text.get_string());
    return texts;
}

// Runs an operation on inputs that are open. Gives what it says about its result.
Result<json::object> run_on(Supervisor& supervisor, const Operation& operation, const GenerationOrder& order, json::object values,
                            std::vector<JobInput> inputs, const FileDescriptor& output) {
    const LocalOrder local{.operation = &operation, .values = std::move(values), .analysis_time = order.time};
    JobObserver nobody;
    const EngineOutcome outcome = TRY(run_into(supervisor, local, std::move(inputs), duplicate(output), nobody));
    if (outcome.data.empty()) return json::object();
    const json::value data = TRY(parse_json(outcome.data));
    return data.is_object() ? data.get_object() : json::object();
}

Status to_pdf(const GenerationEngines& engines, const GenerationOrder& order, const FileDescriptor& document, const FileDescriptor& pdf) {
    std::vector<JobInput> inputs;
    inputs.push_back({.file = TRY(for_reading(document)), .file_name = "document.docx", .sha256 = {}, .password = {}});
    TRY(run_on(*engines.office, create_pdf_from_word, order, TRY(parse_values(create_pdf_from_word, {})), std::move(inputs), pdf));
    return success();
}

// One chunk of records → its documents, handed to `take` in the order of the records.
using TakeDocument = std::function<Status(std::size_t record, std::string_view bytes, const std::vector<std::string>& warnings)>;
using NoteFailure = std::function<void(std::size_t record, const std::string& message)>;

class Chunk {
public:
    Chunk(const GenerationEngines& engines, const GenerationOrder& order) : engines_(engines), order_(order) {}

    bool full() const { return numbers_.size() >= kRecordsOfOneJob || lines_.size() >= kRecordBytesOfOneJob; }
    bool empty() const { return numbers_.empty(); }
    void add(std::size_t record, std::string line) {
        numbers_.push_back(record);
        lines_ += line + "\n";
        each_.push_back(std::move(line));
    }

    // An engine that is lost on many records is asked for each half again, so that one bad record takes no other one with it.
    Status make(const TakeDocument& take, const NoteFailure& note) const {
        Result<FileDescriptor> frames = merged();
        if (frames.ok()) return hand_over(frames.value(), take, note);
        if (frames.error().fault == Fault::Internal || frames.error().fault == Fault::Unavailable) return frames.error();
        if (numbers_.size() == 1) {
            note(numbers_.front(), frames.error().message);
            return success();
        }
        Chunk first(engines_, order_), second(engines_, order_);
        for (std::size_t i = 0; i < numbers_.size(); ++i) (i < numbers_.size() / 2 ? first : second).add(numbers_[i], each_[i]);
        TRY(first.make(take, note));
        return second.make(take, note);
    }

private:
    Result<FileDescriptor> merged() const {
        const FileDescriptor records = TRY(memory_file());
        TRY(write_bytes(records.get(), lines_));
        std::vector<JobInput> inputs;
        inputs.push_back(TRY(open_local_input(order_.word_template, {})));
        inputs.push_back({.file = TRY(for_reading(records)), .file_name = "records.ndjson", .sha256 = {}, .password = {}});
        FileDescriptor frames = TRY(memory_file());
        TRY(run_on(*engines_.pdf, merge_records, order_, order_.parameters, std::move(inputs), frames));
        return frames;
    }

    Status hand_over(const FileDescriptor& file, const TakeDocument& take, const NoteFailure& note) const {
        const MappedFile frames = TRY(MappedFile::map(file.get()));
        FrameFile reader(frames.bytes());
        while (const std::optional<RecordFrame> frame = TRY(reader.next())) {
            if (frame->record < 1 || static_cast<std::size_t>(frame->record) > numbers_.size())
                return Error{Fault::Internal, "The engine made a document of no record."};
            const std::size_t record = numbers_[static_cast<std::size_t>(frame->record) - 1];
            if (const json::value* error = frame->head.if_contains("error"); error && error->is_string()) {
                note(record, std::string(error->get_string()));
            } else {
                TRY(take(record, frame->bytes, texts_at(frame->head, "warnings")));
            }
        }
        return success();
    }

    const GenerationEngines& engines_;
    const GenerationOrder& order_;
    std::vector<std::size_t> numbers_;  // from 0
    std::vector<std::string> each_;
    std::string lines_;
};

// What the threads of a batch share.
class Batch {
public:
    Batch(const GenerationEngines& engines, const GenerationOrder& order, const RecordFile& records)
        : engines_(engines), order_(order), records_(records), bar_(records.count()) {}

    // `keep` is called from several threads at once.
    using Keep = std::function<Status(std::size_t record, std::string_view bytes)>;
    Result<GenerationReport> run(const Keep& keep) {
        std::vector<std::jthread> threads;
        for (int i = 1; i < order_.at_once; ++i) threads.emplace_back([&] { work(keep); });
        work(keep);
        threads.clear();
        if (broken_) return *broken_;
        std::ranges::sort(report_.failures, {}, &RecordFailure::record);
        std::ranges::sort(report_.warnings);
        return std::move(report_);
    }

private:
    void work(const Keep& keep) {
        for (;;) {
            const Chunk chunk = next();
            if (chunk.empty()) return;
            const Status made = chunk.make(
                [&](std::size_t record, std::string_view bytes, const std::vector<std::string>& warnings) {
                    finish(record, keep_document(keep, record, bytes), warnings);
                    return success();
                },
                [&](std::size_t record, const std::string& message) {
                    finish(record, Error{Fault::InvalidInput, message}, {});
                });
            if (made.ok()) continue;
            std::scoped_lock lock(mutex_);
            broken_ = made.error();
            next_ = records_.count();
        }
    }

    Chunk next() {
        Chunk chunk(engines_, order_);
        std::unique_lock lock(mutex_);
        // Small jobs where there are few records, so that every lane has some; a PDF takes far longer than what the template costs.
        const std::size_t most =
            order_.as_pdf ? 8 : std::max<std::size_t>(1, records_.count() / static_cast<std::size_t>(4 * order_.at_once));
        for (std::size_t taken = 0; next_ < records_.count() && taken < most && !chunk.full(); ++next_, ++taken) {
            Result<std::string> line = records_.record(next_);
            if (line.ok()) {
                chunk.add(next_, std::move(line).take());
            } else {
                note_end(next_, Status(line.error()), {});
            }
        }
        if (chunk.empty() && next_ < records_.count()) {
            lock.unlock();
            return next();
        }
        return chunk;
    }

    Status keep_document(const Keep& keep, std::size_t record, std::string_view bytes) {
        if (!order_.as_pdf) return keep(record, bytes);
        const FileDescriptor document = TRY(memory_file());
        TRY(write_bytes(document.get(), bytes));
        const FileDescriptor pdf = TRY(memory_file());
        TRY(to_pdf(engines_, order_, document, pdf));
        const MappedFile mapped = TRY(MappedFile::map(pdf.get()));
        return keep(record, mapped.bytes());
    }

    void finish(std::size_t record, const Status& status, const std::vector<std::string>& warnings) {
        std::scoped_lock lock(mutex_);
        note_end(record, status, warnings);
    }

    // With the lock held.
    void note_end(std::size_t record, const Status& status, const std::vector<std::string>& warnings) {
        bar_.end(record);
        if (!status.ok()) {
            report_.failures.push_back({record + 1, status.error().message});
            return;
        }
        ++report_.done;
        for (const std::string& warning : warnings)
            if (told_.insert(warning).second) report_.warnings.emplace_back(record + 1, warning);
    }

    const GenerationEngines& engines_;
    const GenerationOrder& order_;
    const RecordFile& records_;
    ProgressBar bar_;
    std::mutex mutex_;  // guards what follows
    std::size_t next_ = 0;
    GenerationReport report_;
    std::set<std::string> told_;
    std::optional<Error> broken_;
};

std::string in_file_name(std::string_view text) {
    std::string name;
    for (char letter : text) name += letter == '/' || letter == '\\' || static_cast<unsigned char>(letter) < 0x20 ? '_' : letter;
    return name;
}

std::string value_for_name(const json::object& record, std::string_view name) {
    const json::value* value = record.if_contains(name);
    const std::size_t dot = name.find('.');
    if (!value && dot != std::string_view::npos) {
        const json::value* outer = record.if_contains(name.substr(0, dot));
        return outer && outer->is_object() ? value_for_name(outer->get_object(), name.substr(dot + 1)) : std::string();
    }
    if (!value || value->is_object() || value->is_array() || value->is_null()) return {};
    return value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
}

}  // namespace

Result<MadeDocument> make_one(const GenerationEngines& engines, const GenerationOrder& order, const fs::path& values) {
    std::vector<JobInput> inputs;
    inputs.push_back(TRY(open_local_input(order.word_template, {})));
    inputs.push_back(TRY(open_local_input(values, {})));
    MadeDocument made{.file = TRY(memory_file()), .warnings = {}};
    const json::object data = TRY(run_on(*engines.pdf, merge_template, order, order.parameters, std::move(inputs), made.file));
    made.warnings = texts_at(data, "warnings");
    if (!order.as_pdf) return made;
    FileDescriptor pdf = TRY(memory_file());
    TRY(to_pdf(engines, order, made.file, pdf));
    made.file = std::move(pdf);
    return made;
}

std::string document_name(const std::string& pattern, const std::string& record, std::size_t number, std::size_t count) {
    const Result<json::value> parsed = parse_json(record);
    const json::object values = parsed.ok() && parsed.value().is_object() ? parsed.value().get_object() : json::object();
    std::string name;
    for (std::string_view rest = pattern; !rest.empty();) {
        const std::size_t open = rest.find('{'), close = rest.find('}', open);
        if (open == std::string_view::npos || close == std::string_view::npos) {
            name += rest;
            break;
        }
        name += rest.substr(0, open);
        const std::string_view field = rest.substr(open + 1, close - open - 1);
        name += field == "n" ? fmt::format("{:0{}}", number, std::to_string(count).size()) : in_file_name(value_for_name(values, field));
        rest.remove_prefix(close + 1);
    }
    return name;
}

Result<GenerationReport> make_each(const GenerationEngines& engines, const GenerationOrder& order, const RecordFile& records,
                                   const fs::path& folder, const std::string& pattern) {
    std::mutex mutex;
    std::map<std::string, std::size_t> names;
    const auto keep = [&](std::size_t record, std::string_view bytes) -> Status {
        const std::string name = document_name(pattern, TRY(records.record(record)), record + 1, records.count());
        if (name.empty() || name.starts_with('.'))
            return Error{Fault::InvalidInput, fmt::format("Its document would be called \"{}\".", name)};
        {
            std::scoped_lock lock(mutex);
            const auto [place, is_new] = names.emplace(name, record + 1);
            if (!is_new)
                return Error{Fault::InvalidInput,
                             fmt::format("Its document would be called {}, as that of record {}.", name, place->second)};
        }
        OutputFile file = TRY(OutputFile::create(folder));
        TRY(write_bytes(file.file().get(), bytes));
        return file.keep_as(name);
    };
    return Batch(engines, order, records).run(keep);
}

Result<GenerationReport> make_combined(const GenerationEngines& engines, const GenerationOrder& order, const RecordFile& records,
                                       const fs::path& path) {
    std::mutex mutex;
    const FileDescriptor frames = TRY(large_file());
    const auto keep = [&](std::size_t record, std::string_view bytes) -> Status {
        std::scoped_lock lock(mutex);
        TRY(write_bytes(frames.get(), json::serialize(json::object{{"record", record + 1}, {"bytes", bytes.size()}}) + "\n"));
        return write_bytes(frames.get(), bytes);
    };
    GenerationReport report = TRY(Batch(engines, order, records).run(keep));
    if (report.done == 0) return report;
    std::vector<JobInput> inputs;
    inputs.push_back({.file = TRY(for_reading(frames)), .file_name = "documents", .sha256 = {}, .password = {}});
    OutputFile file = TRY(OutputFile::create(path.parent_path()));
    TRY(run_on(*engines.pdf, join_pdfs, order, {}, std::move(inputs), file.file()));
    TRY(file.keep_as(path.filename()));
    return report;
}

}  // namespace docwright
