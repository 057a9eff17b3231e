#include "extract/deliver.h"

#include "base/json.h"
#include "base/write_bytes.h"
#include "formats/text_forms.h"
#include "formats/zip.h"

namespace docwright::extract {
namespace {

constexpr std::string_view kStructureName = "StructureInfo.json";  // exactly: a client opens it by this name

// Gathers small pieces, so that a call to the system is worth its while.
class Output {
public:
    explicit Output(int descriptor) : descriptor_(descriptor) {}
    Status add(std::string_view bytes) {
        buffer_ += bytes;
        return buffer_.size() < kBytes ? success() : flush();
    }
    Status flush() {
        const Status written = write_bytes(descriptor_, buffer_);
        buffer_.clear();
        return written;
    }

private:
    static constexpr std::size_t kBytes = 128 * 1024;
    int descriptor_;
    std::string buffer_;
};

Status deliver_zip(const Extraction& extraction, int output) {
    formats::ZipWriter zip(output);
    TRY(zip.begin_deflated(kStructureName));
    TRY(extraction.writer->json([&zip](std::string_view bytes) { return zip.add(bytes); }));
    TRY(zip.end());
    for (const StoredPicture& file : extraction.pictures->files()) {
        const std::string bytes = TRY(extraction.file_bytes(file));
        TRY(zip.begin_stored(file.name));
        TRY(zip.add(bytes));
        TRY(zip.end());
    }
    return zip.finish();
}

Status deliver_text(const Extraction& extraction, formats::TextForm form, const Sink& sink) {
    const formats::ElementSource elements = [&extraction](const formats::ElementVisit& visit) {
        return extraction.writer->each_element([&visit](std::string_view text) -> Status {
            const json::value value = TRY(parse_json(text));
            return visit(value.get_object());
        });
    };
    const DocumentFacts& document = extraction.document;
    const formats::TextFormFacts facts{.language = extraction.context.language, .title = document.title};
    return formats::write_text_form(form, elements, facts, {}, sink);
}

}  // namespace

Status deliver(const Extraction& extraction, ResultForm form, int output) {
    Output out(output);
    const Sink sink = [&out](std::string_view bytes) { return out.add(bytes); };
    switch (form) {
        case ResultForm::Zip: return deliver_zip(extraction, output);
        case ResultForm::Json: TRY(extraction.writer->json(sink)); break;
        case ResultForm::Markdown: TRY(deliver_text(extraction, formats::TextForm::Markdown, sink)); break;
        case ResultForm::Html: TRY(deliver_text(extraction, formats::TextForm::Html, sink)); break;
        case ResultForm::Text: TRY(deliver_text(extraction, formats::TextForm::Plain, sink)); break;
    }
    return out.flush();
}

}  // namespace docwright::extract
