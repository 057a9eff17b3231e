// pdf-extract: the text, the images or some pages of a PDF (contract/pdf-services.md, 8.1).
#include "operations/all.h"

#ifdef DOCWRIGHT_ENGINE
#include <set>

#include "base/hashing.h"
#include "base/utf8.h"
#include "base/write_bytes.h"
#include "engines/pdf/document.h"
#include "engines/pdf/page_copy.h"
#include "extract/text/lines.h"
#include "formats/png.h"
#include "formats/zip.h"
#endif

namespace docwright {
namespace {

enum class ExtractType { Text, Image, Page };
constexpr Choice<ExtractType> kTypes[] = {{"TEXT", ExtractType::Text},
                                          {"IMAGE", ExtractType::Image},
                                          {"PAGE", ExtractType::Page},
                                          {"IMAGES", ExtractType::Image},
                                          {"PAGES", ExtractType::Page}};  // the last two by older clients

struct Params {
    ExtractType type = ExtractType::Text;
    PageRange pages;
};

#ifdef DOCWRIGHT_ENGINE

std::string page_text(const extract::PageFacts& facts) {
    std::string text;
    for (const extract::Line& line : extract::build_lines(facts, false)) {
        for (std::size_t i = 0; i < line.words.size(); ++i) {
            if (i > 0) text += ' ';
            const extract::Word& word = line.words[i];
            for (std::uint32_t k = word.first; k < word.first + word.count; ++k) {
                const extract::Glyph& glyph = facts.glyphs[line.glyphs[k]];
                append_utf8(text, glyph.code);
                for (std::uint32_t f = 0; f < glyph.further_count; ++f) append_utf8(text, facts.further[glyph.first_further + f]);
            }
        }
        text += '\n';
    }
    return text;
}

Result<TaskResult> extract_text(extract::PageSource& source, const std::vector<int>& pages, TaskFiles& files, Progress& progress) {
    int done = 0;
    for (int page_index : pages) {
        std::string text = done > 0 ? "\f" : "";
        auto facts = source.read_page(page_index);
        if (facts.ok()) text += page_text(facts.value());
        TRY(write_bytes(files.output, text));
        progress.report(++done, static_cast<int>(pages.size()));
    }
    return TaskResult{.format = Format::Text};
}

Status add_image(formats::ZipWriter& zip, const std::string& name, const extract::EmbeddedImage& image) {
    using Coding = extract::EmbeddedImage::Coding;
    std::string extension = image.coding == Coding::Jpeg ? ".jpg" : image.coding == Coding::Jpeg2000 ? ".jp2" : ".png";
    TRY(zip.begin_stored(name + extension));
    const extract::Bitmap& pixels = image.pixels;
    TRY(zip.add(image.coding == Coding::Pixels ? formats::encode_png(pixels.width, pixels.height, pixels.channels, pixels.pixels, 0)
                                               : image.bytes));
    return zip.end();
}

// Each image once a page, however often it is drawn there.
Result<TaskResult> extract_images(extract::PageSource& source, const std::vector<int>& pages, TaskFiles& files, Progress& progress) {
    formats::ZipWriter zip(files.output);
    int done = 0;
    for (int page_index : pages) {
        auto facts = source.read_page(page_index);
        std::set<Sha256> written;
        int number = 0;
        for (std::size_t i = 0; facts.ok() && i < facts.value().images.size(); ++i) {
            // An image that cannot be decoded is left out; the others are worth having.
            auto image = source.embedded_image(page_index, facts.value().images[i].object);
            if (!image.ok()) continue;
            const auto& pixels = image.value().pixels.pixels;
            std::string_view content = pixels.empty() ? std::string_view(image.value().bytes)
                                                      : std::string_view(reinterpret_cast<const char*>(pixels.data()), pixels.size());
            if (!written.insert(sha256(content)).second) continue;
            TRY(add_image(zip, "image_p" + std::to_string(page_index + 1) + "_" + std::to_string(++number), image.value()));
        }
        progress.report(++done, static_cast<int>(pages.size()));
    }
    TRY(zip.finish());
    return TaskResult{.format = Format::Zip};
}

Result<TaskResult> run(const Params& params, TaskFiles& files, Progress& progress) {
    const TaskInput& input = files.inputs.at(0);
    std::unique_ptr<extract::PageSource> source = TRY(pdf::open_pdf(input.bytes, input.password));
    std::vector<int> pages = TRY(pages_of(params.pages, source->facts().page_count, params.type == ExtractType::Page));
    switch (params.type) {
        case ExtractType::Text: return extract_text(*source, pages, files, progress);
        case ExtractType::Image: return extract_images(*source, pages, files, progress);
        case ExtractType::Page: break;
    }
    TRY(write_bytes(files.output, TRY(pdf::copy_pages(input.bytes, input.password, pages))));
    progress.report(1, 1);
    return TaskResult{.format = Format::Pdf};
}
#endif

}  // namespace

const Operation pdf_extract = {
    .name = "pdf-extract",
    .route = "POST /documents/modify/pdf-extract",
    .title = "Extract text, images or pages",
    .group = "Modify",
    .summary = "Takes the plain text, the embedded images or some pages out of a PDF.",
    .inputs = {{.field = "documentId", .formats = {Format::Pdf}}},
    .result = Format::Any,
    .engine = Engine::Pdf,
    .credits = 1,
    .expected_seconds = 2,
    .tool_name = "pdf_extract",
    .example = R"({"documentId": "doc-1", "extractType": "PAGE", "pageRange": "1"})",
    .body = typed<Params>(
        {required_choice("extractType", &Params::type, kTypes, "TEXT, IMAGE (a ZIP) or PAGE (one PDF)."), page_range(&Params::pages)},
        BODY(run)),
};

}  // namespace docwright
