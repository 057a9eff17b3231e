// get-pdf-properties: what a PDF says about itself and its pages, in the task and as a JSON document
// (contract/pdf-services.md, 13.3).
#include "operations/all.h"

#ifdef DOCWRIGHT_ENGINE
#include <algorithm>

#include "base/write_bytes.h"
#include "engines/pdf/document.h"
#endif

namespace docwright {
namespace {

struct Params {
    bool extended_info = true;
    bool page_info = true;
};

#ifdef DOCWRIGHT_ENGINE

using extract::DocumentFacts;
using extract::PageFacts;

json::object document_info(const DocumentFacts& facts, std::size_t file_bytes) {
    json::object info{{"pageCount", facts.page_count},
                      {"fileSize", file_bytes},
                      {"pdfVersion", facts.pdf_version},
                      {"isEncrypted", facts.encrypted},
                      {"isLinearized", facts.linearized},
                      {"isTagged", facts.tagged},
                      {"isXFA", facts.xfa},
                      {"hasAcroForm", facts.has_acroform},
                      {"title", facts.title},
                      {"author", facts.author},
                      {"subject", facts.subject},
                      {"keywords", facts.keywords},
                      {"creator", facts.creator},
                      {"producer", facts.producer}};
    if (!facts.creation_date.empty()) info["creationDate"] = facts.creation_date;
    if (!facts.modification_date.empty()) info["modDate"] = facts.modification_date;
    return info;
}

json::object encryption_info(const extract::EncryptionFacts& facts) {
    json::array permissions;
    for (const std::string& word : facts.permissions) permissions.emplace_back(word);
    return {{"cipher", facts.cipher},
            {"revision", facts.revision},
            {"hasUserPassword", facts.has_user_password},
            {"hasOwnerPassword", facts.has_owner_password},
            {"permissions", permissions}};
}

json::object extended_info(const DocumentFacts& facts) {
    json::object info;
    if (facts.encrypted) info["encryption"] = encryption_info(facts.encryption);
    json::array signatures, files, fonts;
    for (const extract::Field& field : facts.fields) {
        const extract::SignatureFacts& signature = field.signature;
        if (!signature.is_signed) continue;
        signatures.push_back(json::object{{"field", field.name},
                                          {"signer", signature.signer},
                                          {"date", signature.time},
                                          {"coversWholeFile", signature.covers_whole_file},
                                          {"certified", signature.certifies}});
    }
    for (const extract::Attachment& file : facts.attachments) {
        files.push_back(json::object{{"name", file.name}, {"size", std::max<std::int64_t>(file.bytes, 0)}});
    }
    for (const extract::FontFacts& font : facts.fonts) {
        fonts.push_back(json::object{{"name", font.name}, {"type", font.type}, {"embedded", font.embedded}, {"subset", font.subset}});
    }
    info["signatures"] = std::move(signatures);
    info["embeddedFiles"] = std::move(files);
    info["fonts"] = std::move(fonts);
    return info;
}

// A page that is a picture: images over most of it, and no text that a reader sees.
bool is_scanned(const PageFacts& facts, bool has_text) {
    constexpr double kMostOfPage = 0.5;
    double covered = 0;
    for (const extract::ImagePlacement& image : facts.images) covered += image.box.area();
    return !has_text && covered > kMostOfPage * facts.width * facts.height;
}

json::object page_info(const PageFacts& facts) {
    bool has_text = std::ranges::any_of(facts.glyphs, [](const extract::Glyph& glyph) { return glyph.hidden == extract::Hidden::No; });
    return {{"page", facts.page_index + 1},
            {"width", facts.width},
            {"height", facts.height},
            {"rotation", facts.rotation},
            {"isScanned", is_scanned(facts, has_text)},
            {"hasText", has_text}};
}

Result<TaskResult> run(const Params& params, TaskFiles& files, Progress& progress) {
    const TaskInput& input = files.inputs.at(0);
    std::unique_ptr<extract::PageSource> source = TRY(pdf::open_pdf(input.bytes, input.password));
    json::array pages;
    // Fonts are known when the pages have been read.
    int page_count = source->facts().page_count;
    for (int i = 0; (params.page_info || params.extended_info) && i < page_count; ++i) {
        auto page = source->read_page(i);
        pages.push_back(page.ok() ? page_info(page.value()) : json::object{{"page", i + 1}});
        progress.report(i + 1, page_count);
    }
    json::object result{{"docInfo", document_info(source->facts(), input.bytes.size())}};
    if (params.extended_info) result["extendedInfo"] = extended_info(source->facts());
    if (params.page_info) result["pageInfo"] = std::move(pages);
    std::string text = json::serialize(result);
    TRY(write_bytes(files.output, text));
    return TaskResult{.format = Format::Json, .data = std::move(text)};
}
#endif

}  // namespace

const Operation get_pdf_properties = {
    .name = "get-pdf-properties",
    .route = "POST /documents/analyze/get-pdf-properties",
    .title = "PDF properties",
    .group = "Analyze",
    .summary =
        "Page count and sizes, version, metadata, encryption, signatures, fonts, attachments; per page size, rotation and whether it is a "
        "scan.",
    .inputs = {{.field = "documentId", .formats = {Format::Pdf}}},
    .result = Format::Json,
    .result_in_task = true,
    .engine = Engine::Pdf,
    .credits = 1,
    .expected_seconds = 1,
    .tool_name = "get_pdf_properties",
    .example = R"({"documentId": "doc-1", "config": {"includePageInfo": false}})",
    .body = typed<Params>(
        {flag("includeExtendedInfo", &Params::extended_info, true, "Whether encryption, signatures, attachments and fonts are listed."),
         flag("includePageInfo", &Params::page_info, true, "Whether every page is described.")},
        BODY(run)),
};

}  // namespace docwright
