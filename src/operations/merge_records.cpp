// merge-records: a Word template, read once, and many records → as many filled documents in one file.
// Records are lines of JSON (NDJSON); empty lines are none. The result is, for each record in order, a line of JSON
//   {"record": 3, "bytes": 18211, "warnings": ["…"]}   and then so many bytes of the document, or
//   {"record": 4, "error": "why it could not be filled"}
// `record` counts lines from 1. A record that fails stops no other one. resultData is {"documents": 9, "failures": 1}.
#include "operations/all.h"
#include "operations/docgen/parameters.h"

#ifdef DOCWRIGHT_ENGINE
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/write_bytes.h"
#include "operations/docgen/merging.h"
#endif

namespace docwright {
namespace {

#ifdef DOCWRIGHT_ENGINE
class RecordWriter {
public:
    RecordWriter(const docgen::WordTemplate& word, const docgen::MergeSettings& settings, const TaskFiles& files)
        : word_(word), settings_(settings), output_(files.output), draft_(files.scratch) {}

    // Error: Internal: the result cannot be written.
    Status write(std::string_view line, int record) {
        Result<std::vector<std::string>> filled = fill(line);
        if (!filled.ok()) {
            if (filled.error().fault == Fault::Internal) return filled.error();
            ++failures_;
            return write_head({{"record", record}, {"error", filled.error().message}});
        }
        ++documents_;
        json::object head{{"record", record}, {"bytes", ::lseek(draft_, 0, SEEK_END)}};
        if (!filled.value().empty()) head["warnings"] = texts(filled.value());
        TRY(write_head(head));
        return copy_draft();
    }

    json::object counts() const { return {{"documents", documents_}, {"failures", failures_}}; }

private:
    Result<std::vector<std::string>> fill(std::string_view line) {
        const json::value values = TRY(document_values(line));
        if (::ftruncate(draft_, 0) != 0 || ::lseek(draft_, 0, SEEK_SET) != 0) return cannot_write();
        return fill_template(word_, values, settings_, draft_);
    }

    Status write_head(const json::object& head) const { return write_bytes(output_, json::serialize(head) + "\n"); }

    Status copy_draft() {
        buffer_.resize(kCopyBytes);
        for (off_t at = 0;;) {
            const ssize_t count = ::pread(draft_, buffer_.data(), buffer_.size(), at);
            if (count < 0) return cannot_write();
            if (count == 0) return success();
            TRY(write_bytes(output_, std::string_view(buffer_.data(), static_cast<std::size_t>(count))));
            at += count;
        }
    }

    static Error cannot_write() { return {Fault::Internal, "A document of the batch cannot be written.", std::strerror(errno)}; }

    static constexpr std::size_t kCopyBytes = std::size_t{256} * 1024;
    const docgen::WordTemplate& word_;
    const docgen::MergeSettings& settings_;
    const int output_, draft_;
    std::string buffer_;
    std::int64_t documents_ = 0, failures_ = 0;
};

Result<TaskResult> run(const MergeParameters& parameters, TaskFiles& files, Progress& progress) {
    if (files.scratch < 0) return Error{Fault::Internal, "A batch of documents needs a scratch file."};
    const docgen::MergeSettings settings = TRY(merge_settings(parameters, files.input_time));
    const docgen::WordTemplate word = TRY(open_template(files.inputs.at(0).bytes));
    RecordWriter writer(word, settings, files);
    std::string_view rest = files.inputs.at(1).bytes;
    const int lines = static_cast<int>(std::ranges::count(rest, '\n')) + (rest.empty() || rest.ends_with('\n') ? 0 : 1);
    for (int line = 1; !rest.empty(); ++line) {
        const std::size_t end = rest.find('\n');
        const std::string_view record = rest.substr(0, end);
        if (record.find_first_not_of(" \t\r") != std::string_view::npos) TRY(writer.write(record, line));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        progress.report(line, lines);
    }
    return TaskResult{.format = Format::Any, .data = json::serialize(writer.counts())};
}
#endif

}  // namespace

const Operation merge_records = {
    .name = "merge-records",
    .route = "",
    .title = "Fill a Word template many times",
    .group = "Document generation",
    .summary = "Fills a Word template once for each record.",
    .inputs = {{.field = "template", .formats = {Format::Word}}, {.field = "records", .formats = {Format::Json}}},
    .result = Format::Any,
    .result_in_task = true,
    .engine = Engine::Pdf,
    .credits = 1,
    .expected_seconds = 10,
    .example = R"({"missing": "empty"})",
    .body = typed<MergeParameters>(merge_fields(), BODY(run)),
};

}  // namespace docwright
