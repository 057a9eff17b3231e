// join-pdfs: many PDFs in one file of frames (base/record_frames.h) → one PDF with all their pages, in the order of the
// records, whatever that of the file is.
#include "operations/all.h"

#ifdef DOCWRIGHT_ENGINE
#include <map>

#include "base/record_frames.h"
#include "base/write_bytes.h"
#include "engines/pdf/joined.h"
#endif

namespace docwright {
namespace {

struct Params {};

#ifdef DOCWRIGHT_ENGINE
Result<TaskResult> run(const Params&, TaskFiles& files, Progress&) {
    FrameFile frames(files.inputs.at(0).bytes);
    std::map<int, std::string_view> by_record;
    while (const std::optional<RecordFrame> frame = TRY(frames.next())) by_record[frame->record] = frame->bytes;
    std::vector<std::string_view> documents;
    for (const auto& [record, bytes] : by_record) documents.push_back(bytes);
    TRY(write_bytes(files.output, TRY(pdf::join_documents(documents))));
    return TaskResult{.format = Format::Pdf};
}
#endif

}  // namespace

const Operation join_pdfs = {
    .name = "join-pdfs",
    .route = "",
    .title = "Join PDFs",
    .group = "Document generation",
    .summary = "Puts all pages of many PDFs into one.",
    .inputs = {{.field = "documents", .formats = {Format::Any}}},
    .result = Format::Pdf,
    .engine = Engine::Pdf,
    .credits = 1,
    .expected_seconds = 5,
    .example = R"({})",
    .body = typed<Params>({}, BODY(run)),
};

}  // namespace docwright
