// pdf-structural-extract: any PDF becomes typed elements in reading order (contract/structure-info.md), as a ZIP with
// StructureInfo.json and the pictures it names.
#include "extract/debug_stage.h"
#include "extract/output/options.h"
#include "operations/all.h"

#ifdef DOCWRIGHT_ENGINE
#include "engines/pdf/document.h"
#include "extract/debug_pictures.h"
#include "extract/deliver.h"
#endif

namespace docwright {
namespace {

using extract::Detail;
using extract::Renditions;
enum class Coordinates { Integer, Decimal };
enum class HiddenText { LeftOut, Include };

constexpr Choice<Detail> kDetails[] = {{"elements", Detail::Elements}, {"lines", Detail::Lines}, {"words", Detail::Words}};
constexpr Choice<Renditions> kRenditions[] = {{"all", Renditions::All}, {"images", Renditions::Images}, {"none", Renditions::None}};
constexpr Choice<Coordinates> kCoordinates[] = {{"integer", Coordinates::Integer}, {"decimal", Coordinates::Decimal}};
constexpr Choice<HiddenText> kHiddenText[] = {{"leftOut", HiddenText::LeftOut}, {"include", HiddenText::Include}};
constexpr Choice<Format> kOutputFormats[] = {
    {"zip", Format::Zip}, {"json", Format::Json}, {"md", Format::Markdown}, {"html", Format::Html}, {"txt", Format::Text}};

using extract::DebugStage;
constexpr Choice<DebugStage> kDebugStages[] = {{"none", DebugStage::None},
                                               {"lines", DebugStage::Lines},
                                               {"blocks", DebugStage::Blocks},
                                               {"tables", DebugStage::Tables},
                                               {"elements", DebugStage::Elements}};

struct Params {
    Detail detail = Detail::Elements;
    Renditions renditions = Renditions::All;
    Coordinates coordinates = Coordinates::Integer;
    HiddenText hidden_text = HiddenText::LeftOut;
    Format output_format = Format::Zip;
    DebugStage debug = DebugStage::None;
};

#ifdef DOCWRIGHT_ENGINE
extract::ResultForm form_of(Format format) {
    switch (format) {
        case Format::Json: return extract::ResultForm::Json;
        case Format::Markdown: return extract::ResultForm::Markdown;
        case Format::Html: return extract::ResultForm::Html;
        case Format::Text: return extract::ResultForm::Text;
        default: return extract::ResultForm::Zip;
    }
}

Result<TaskResult> run(const Params& params, TaskFiles& files, Progress& progress) {
    const TaskInput& input = files.inputs[0];
    const std::unique_ptr<extract::PageSource> source = TRY(pdf::open_pdf(input.bytes, input.password));
    extract::ExtractionOrder order{.scratch = files.scratch, .attempt = files.attempt, .workers = files.workers};
    order.options = {
        .detail = params.detail,
        .renditions = params.output_format == Format::Zip && params.debug == DebugStage::None ? params.renditions : Renditions::None,
        .decimal = params.coordinates == Coordinates::Decimal,
        .include_hidden = params.hidden_text == HiddenText::Include};
    order.facts = {.file_name = input.file_name,
                   .file_bytes = static_cast<std::int64_t>(input.bytes.size()),
                   .file_sha256 = input.sha256,
                   .analysis_time = files.input_time};
    const auto report = [&progress](int done, int total) { progress.report(done, total); };
    const std::unique_ptr<extract::Extraction> extraction = TRY(extract::extract_structure(*source, order, report));
    if (params.debug != DebugStage::None) {
        TRY(extract::write_debug_pictures(*source, *extraction, params.debug, files.output));
        return TaskResult{.format = Format::Zip};
    }
    TRY(extract::deliver(*extraction, form_of(params.output_format), files.output));
    return TaskResult{.format = params.output_format};
}
#endif

}  // namespace

const Operation pdf_structural_extract = {
    .name = "pdf-structural-extract",
    .route = "POST /documents/pdf-structural-extract",
    .aliases = {"POST /documents/analyze/pdf-structural-analysis"},
    .title = "Extract structure",
    .group = "Analyze",
    .summary = "Turns a PDF into typed elements in reading order: titles, heads, paragraphs, tables, images, forms, links, notes and more.",
    .inputs = {{.field = "documentId", .formats = {Format::Pdf}}},
    .result = Format::Zip,
    .engine = Engine::Pdf,
    .credits = 1,
    .expected_seconds = 3,
    .tool_name = "pdf_structural_analysis",
    .example = R"({"documentId": "doc-1"})",
    .body = typed<Params>(
        {choice("detail", &Params::detail, kDetails, "How deep text is described: elements, lines or words."),
         choice("renditions", &Params::renditions, kRenditions, "Which picture files go into the ZIP."),
         choice("hiddenText", &Params::hidden_text, kHiddenText, "Whether text that a reader cannot see becomes elements."),
         choice("coordinates", &Params::coordinates, kCoordinates, "Whole points, or points with two decimals."),
         choice("outputFormat", &Params::output_format, kOutputFormats, "The result: the ZIP of the contract, or one text form of it."),
         choice("debug", &Params::debug, kDebugStages,
                "For developers: instead of the result, a ZIP of pages with what a stage decided drawn over them.")},
        BODY(run)),
};

}  // namespace docwright
