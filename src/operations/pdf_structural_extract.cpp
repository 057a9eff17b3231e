// pdf-structural-extract: any PDF becomes typed elements in reading order (contract/structure-info.md), as a ZIP with
// StructureInfo.json and the pictures it names.
#include "operations/all.h"

namespace docwright {
namespace {

enum class Detail { Elements, Lines, Words };
enum class Renditions { All, Images, None };
enum class Coordinates { Integer, Decimal };
enum class HiddenText { LeftOut, Include };

constexpr Choice<Detail> kDetails[] = {{"elements", Detail::Elements}, {"lines", Detail::Lines}, {"words", Detail::Words}};
constexpr Choice<Renditions> kRenditions[] = {{"all", Renditions::All}, {"images", Renditions::Images}, {"none", Renditions::None}};
constexpr Choice<Coordinates> kCoordinates[] = {{"integer", Coordinates::Integer}, {"decimal", Coordinates::Decimal}};
constexpr Choice<HiddenText> kHiddenText[] = {{"leftOut", HiddenText::LeftOut}, {"include", HiddenText::Include}};
constexpr Choice<Format> kOutputFormats[] = {
    {"zip", Format::Zip}, {"json", Format::Json}, {"md", Format::Markdown}, {"html", Format::Html}, {"txt", Format::Text}};

struct Params {
    Detail detail = Detail::Elements;
    Renditions renditions = Renditions::All;
    Coordinates coordinates = Coordinates::Integer;
    HiddenText hidden_text = HiddenText::LeftOut;
    Format output_format = Format::Zip;
};

#ifdef DOCWRIGHT_ENGINE
Result<TaskResult> run(const Params&, TaskFiles&, Progress&) { return Error{Fault::Unsupported, "Not built yet."}; }
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
         choice("outputFormat", &Params::output_format, kOutputFormats, "The result: the ZIP of the contract, or one text form of it.")},
        BODY(run)),
};

}  // namespace docwright
